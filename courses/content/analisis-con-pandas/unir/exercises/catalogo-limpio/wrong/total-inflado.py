catalogo = gasto.sort_values("anio").drop_duplicates("ramo_id", keep="last")[["ramo_id", "ramo"]]
unido = montos.merge(nombres_usados, on="ramo_id", how="left")
total_unido = unido["monto"].sum()
total_unido
