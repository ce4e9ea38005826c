anio_mayor = vitales.sort_values("nacimientos")["anio"].iloc[0]
anio_mayor
