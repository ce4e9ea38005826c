diferencia = por_anio.loc[2024] - por_anio.loc[2013]
crecimiento = round(diferencia / por_anio.loc[2013] * 100, 1)
crecimiento
