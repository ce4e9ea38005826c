poblacion_total = entidades["poblacion_2020"].mean()
poblacion_total
