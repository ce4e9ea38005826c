mayores = gasto_2024.sort_values("millones", ascending=False).head(5)
mayores
