por_ramo = gasto.groupby("ramo_id", as_index=False)["millones"].sum()
por_ramo
