grandes = gasto[(gasto["anio"] == 2024) & (gasto["monto"] > 1000)]
grandes
