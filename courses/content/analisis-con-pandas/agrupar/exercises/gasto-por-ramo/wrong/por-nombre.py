por_ramo = gasto.groupby("ramo", as_index=False)["millones"].sum()
por_ramo
