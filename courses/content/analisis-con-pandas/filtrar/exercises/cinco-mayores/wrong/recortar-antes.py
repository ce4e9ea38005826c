primeras = gasto_2024[["programa", "millones"]].head(5)
mayores = primeras.sort_values("millones", ascending=False)
mayores
