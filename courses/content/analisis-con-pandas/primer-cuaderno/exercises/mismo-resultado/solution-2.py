pesos_por_millon = 10**6
millones = round(aprobado / pesos_por_millon, 2)
print(millones)
