desastres = gasto[gasto["programa"].str.contains("Desastre")]
desastres
