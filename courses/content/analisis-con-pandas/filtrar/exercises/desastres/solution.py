es_desastre = gasto["programa"].str.contains("desastre", case=False)
desastres = gasto[es_desastre]
desastres
