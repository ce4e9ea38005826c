partes = ramo_anio.copy()
total_del_anio = partes.groupby("ramo_id")["millones"].transform("sum")
partes["participacion"] = partes["millones"] / total_del_anio
partes.head()
