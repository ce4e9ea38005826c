partes = ramo_anio.copy()
total_del_anio = partes.groupby("anio")["millones"].transform("sum")
partes["participacion"] = partes["millones"] / total_del_anio * 100
partes.head()
