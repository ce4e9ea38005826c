# 1. Suma millones por ramo en gasto_2024 y quédate con los cinco mayores.
cinco = ...

# 2. Ordena de menor a mayor, dibuja con plot.barh() y pon título y rótulo.
