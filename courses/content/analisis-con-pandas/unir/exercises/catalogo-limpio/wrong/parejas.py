catalogo = gasto[["ramo_id", "ramo"]].drop_duplicates()
unido = montos.merge(catalogo, on="ramo_id", how="left")
total_unido = unido["monto"].sum()
total_unido
