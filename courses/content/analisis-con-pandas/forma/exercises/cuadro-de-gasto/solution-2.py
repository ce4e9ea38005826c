sumas = recientes.groupby(["anio", "ramo"], as_index=False)["millones"].sum()
cuadro = sumas.pivot(index="ramo", columns="anio", values="millones").fillna(0)
cuadro
