cinco = gasto_2024.groupby("ramo")["millones"].sum().nlargest(5)
eje = cinco.sort_values().plot.barh()
eje.set_title("Los cinco ramos con más presupuesto climático aprobado en 2024")
plt.show()
