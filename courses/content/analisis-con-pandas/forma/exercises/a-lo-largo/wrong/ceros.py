largo = ancho.melt(id_vars="anio", var_name="indicador", value_name="valor").fillna(0)
largo
