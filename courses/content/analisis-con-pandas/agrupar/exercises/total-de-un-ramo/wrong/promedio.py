medio_ambiente = gasto.groupby("ramo_id")["millones"].mean().loc[16]
medio_ambiente
