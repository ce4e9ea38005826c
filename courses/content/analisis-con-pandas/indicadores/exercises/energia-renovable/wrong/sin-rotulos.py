cambio_puntos = renovable.loc[2019] - renovable.loc[2000]
cambio_pct = cambio_puntos / renovable.loc[2000] * 100

eje = renovable.plot()
plt.show()
