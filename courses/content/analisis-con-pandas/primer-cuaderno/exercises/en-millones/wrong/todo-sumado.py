gasto["millones"] = gasto["monto"].sum() / 1_000_000
gasto.head()
