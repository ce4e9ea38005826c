partes = ramo_anio.copy()
total_del_anio = partes["millones"].sum()
partes["participacion"] = partes["millones"] / total_del_anio
partes.head()
