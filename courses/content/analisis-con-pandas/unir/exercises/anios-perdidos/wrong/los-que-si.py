anios_perdidos = todo[todo["_merge"] == "both"]["anio"].tolist()
anios_perdidos
