cambio_puntos = renovable.loc[2019] - renovable.loc[2000]
cambio_pct = renovable.loc[2019] - renovable.loc[2000]

eje = renovable.plot()
eje.set_title("Energía renovable en México, 1990-2019")
eje.set_xlabel("Año")
eje.set_ylabel("Porcentaje del consumo final de energía")
plt.show()
