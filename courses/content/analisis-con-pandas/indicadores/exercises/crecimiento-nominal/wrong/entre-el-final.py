crecimiento = (por_anio.loc[2024] - por_anio.loc[2013]) / por_anio.loc[2024] * 100
crecimiento
