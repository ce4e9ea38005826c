desastres = gasto[gasto["programa"].str.contains("desastre")]
desastres
