anio_mayor = vitales.loc[vitales["nacimientos"].idxmax(), "anio"]
anio_mayor
