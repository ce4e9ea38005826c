habitantes = 5_783_286
municipios = 570
por_municipio = habitantes / municipios
por_municipio
