gasto = gasto.assign(millones=gasto["monto"] / 1e6)
gasto.head()
