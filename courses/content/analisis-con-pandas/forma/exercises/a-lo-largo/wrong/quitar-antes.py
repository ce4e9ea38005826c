largo = ancho.dropna().melt(id_vars="anio", var_name="indicador", value_name="valor")
largo
