crecimiento = por_anio.loc[2024] - por_anio.loc[2013]
crecimiento
