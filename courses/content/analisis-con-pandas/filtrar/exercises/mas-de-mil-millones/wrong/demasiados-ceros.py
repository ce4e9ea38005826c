grandes = gasto[(gasto["anio"] == 2024) & (gasto["millones"] > 1_000_000_000)]
grandes
