anios_perdidos = todo[todo["_merge"] == "left_only"]["anio"].tolist()
anios_perdidos
