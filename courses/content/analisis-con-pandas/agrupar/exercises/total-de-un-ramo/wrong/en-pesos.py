medio_ambiente = gasto.groupby("ramo_id")["monto"].sum().loc[16]
medio_ambiente
