medio_ambiente = gasto[gasto["ramo_id"] == 16]["millones"].sum()
medio_ambiente
