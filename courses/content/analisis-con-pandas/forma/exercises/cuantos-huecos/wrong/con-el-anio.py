faltan = ancho.isna().sum()
con_mas_huecos = faltan.idxmax()
con_mas_huecos
