mayores = gasto_2024.nlargest(5, "millones")[["programa", "millones"]]
mayores
