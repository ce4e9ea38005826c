ordenado = gasto_2024.sort_values("millones", ascending=False)
mayores = ordenado[["programa", "millones"]].head(5)
mayores
