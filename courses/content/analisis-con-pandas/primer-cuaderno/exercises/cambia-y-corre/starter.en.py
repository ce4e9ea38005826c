# Figures of Oaxaca. Change them to those of Nuevo León.
habitantes = 4_125_401
municipios = 570
por_municipio = habitantes / municipios
por_municipio
