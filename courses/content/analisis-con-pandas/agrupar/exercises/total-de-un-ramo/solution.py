medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().loc[16]
medio_ambiente
