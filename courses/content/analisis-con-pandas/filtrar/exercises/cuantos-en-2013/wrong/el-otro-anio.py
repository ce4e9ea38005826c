programas_2013 = len(gasto[gasto["anio"] == 2024])
programas_2013
