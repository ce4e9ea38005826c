programas_2013 = len(gasto[gasto["anio"] == 2013])
programas_2013
