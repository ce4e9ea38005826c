por_ramo = gasto.groupby(["ramo_id", "ramo"], as_index=False)["millones"].sum()
por_ramo
