mayores = gasto_2024.sort_values("millones")[["programa", "millones"]].head(5)
mayores
