de_2024 = gasto[gasto["anio"] == 2024]
grandes = de_2024[de_2024["monto"] > 1_000_000_000].sort_values("programa")
grandes
