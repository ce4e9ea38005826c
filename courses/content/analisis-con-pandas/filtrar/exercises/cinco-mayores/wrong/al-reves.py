mayores = gasto_2024.sort_values("millones")[["programa", "millones"]].tail(5)
mayores
