faltan = ancho.drop(columns="anio").isna().sum()
con_mas_huecos = faltan.idxmin()
con_mas_huecos
