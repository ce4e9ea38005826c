grandes = gasto[(gasto["anio"] == 2024) & (gasto["millones"] > 1000)]
grandes
