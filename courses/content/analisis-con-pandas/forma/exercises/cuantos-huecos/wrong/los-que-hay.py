faltan = ancho.drop(columns="anio").count()
con_mas_huecos = faltan.idxmax()
con_mas_huecos
