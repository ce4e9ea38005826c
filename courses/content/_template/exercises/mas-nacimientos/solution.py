anio_mayor = vitales.sort_values("nacimientos", ascending=False)["anio"].iloc[0]
anio_mayor
