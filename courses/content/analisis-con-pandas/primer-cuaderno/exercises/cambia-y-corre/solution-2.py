por_municipio = 5783286 / 51
por_municipio
