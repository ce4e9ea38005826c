gasto["monto"] = gasto["monto"] / 1_000_000
gasto["millones"] = gasto["monto"]
gasto.head()
