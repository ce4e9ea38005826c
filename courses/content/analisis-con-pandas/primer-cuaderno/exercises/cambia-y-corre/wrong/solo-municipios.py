habitantes = 4_125_401
municipios = 51
por_municipio = habitantes / municipios
por_municipio
