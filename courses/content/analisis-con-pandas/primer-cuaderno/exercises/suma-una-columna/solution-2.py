poblacion_total = sum(entidades.poblacion_2020)
poblacion_total
