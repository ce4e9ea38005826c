catalogo = gasto.sort_values("anio").drop_duplicates("ramo_id", keep="last")[["ramo_id", "ramo"]]
unido = montos.merge(catalogo, on="ramo_id", how="left", validate="many_to_one")
total_unido = unido["monto"].sum()
total_unido
