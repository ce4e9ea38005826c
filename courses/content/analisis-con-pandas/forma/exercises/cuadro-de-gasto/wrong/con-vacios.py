cuadro = recientes.pivot_table(index="ramo", columns="anio", values="millones", aggfunc="sum")
cuadro
