poblacion_total = entidades["poblacion_2020"].count()
poblacion_total
