arreglada = por_entidad.copy()
# 1. La clave como texto de dos dígitos.
arreglada["cve_ent"] = ...

# 2. Únela con abreviaturas por la columna cve_ent.
con_abreviatura = ...
con_abreviatura
