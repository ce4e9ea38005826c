arreglada = por_entidad.copy()
arreglada["cve_ent"] = arreglada["cve_ent"].astype(str)
con_abreviatura = arreglada.merge(abreviaturas, on="cve_ent")
con_abreviatura
