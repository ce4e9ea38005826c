cuadro = recientes.pivot_table(index="ramo", columns="anio", values="millones", fill_value=0)
cuadro
