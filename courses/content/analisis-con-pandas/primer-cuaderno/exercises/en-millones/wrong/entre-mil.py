gasto["millones"] = gasto["monto"] / 1_000
gasto.head()
