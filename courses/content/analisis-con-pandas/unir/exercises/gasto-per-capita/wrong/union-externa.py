por_persona = gasto_anual.merge(poblacion, on="anio", how="outer")
por_persona["per_capita"] = por_persona["monto"] / por_persona["poblacion"]
por_persona
