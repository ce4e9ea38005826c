anio_mayor = vitales["nacimientos"].max()
anio_mayor
