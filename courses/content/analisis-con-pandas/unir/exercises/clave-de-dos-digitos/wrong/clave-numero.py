otra = abreviaturas.copy()
otra["cve_ent"] = otra["cve_ent"].astype(int)
con_abreviatura = por_entidad.merge(otra, on="cve_ent", how="left")
con_abreviatura
