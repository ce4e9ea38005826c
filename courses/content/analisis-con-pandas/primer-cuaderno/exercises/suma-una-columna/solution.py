poblacion_total = entidades["poblacion_2020"].sum()
poblacion_total
