cuadro = recientes.pivot_table(
    index="anio", columns="ramo", values="millones", aggfunc="sum", fill_value=0
)
cuadro
