arreglada = por_entidad.copy()
arreglada["cve_ent"] = arreglada["cve_ent"].astype(str).str.zfill(2)
con_abreviatura = arreglada.merge(abreviaturas, on="cve_ent", how="left")
con_abreviatura
