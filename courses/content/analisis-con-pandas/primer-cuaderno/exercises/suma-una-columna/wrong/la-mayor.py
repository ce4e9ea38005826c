poblacion_total = entidades["poblacion_2020"].max()
poblacion_total
