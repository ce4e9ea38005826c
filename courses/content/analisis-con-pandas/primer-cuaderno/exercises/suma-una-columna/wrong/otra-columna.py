poblacion_total = entidades["municipios"].sum()
poblacion_total
