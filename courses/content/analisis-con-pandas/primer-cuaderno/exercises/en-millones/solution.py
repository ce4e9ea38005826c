gasto["millones"] = gasto["monto"] / 1_000_000
gasto.head()
