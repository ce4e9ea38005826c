anios_perdidos = todo[todo["_merge"] == "right_only"]["anio"].tolist()
anios_perdidos
