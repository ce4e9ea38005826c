arreglada = por_entidad.copy()
# 1. The key as text of two digits.
arreglada["cve_ent"] = ...

# 2. Join it with abreviaturas by the column cve_ent.
con_abreviatura = ...
con_abreviatura
