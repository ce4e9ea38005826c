medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().iloc[16]
medio_ambiente
