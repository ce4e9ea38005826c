desastres = gasto["programa"].str.contains("desastre", case=False)
desastres
