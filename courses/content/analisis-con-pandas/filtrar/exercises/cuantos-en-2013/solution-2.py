programas_2013 = (gasto["anio"] == 2013).sum()
programas_2013
