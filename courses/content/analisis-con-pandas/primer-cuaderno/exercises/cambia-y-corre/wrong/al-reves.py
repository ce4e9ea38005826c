habitantes = 5_783_286
municipios = 51
por_municipio = municipios / habitantes
por_municipio
