desastres = gasto[gasto["programa"].str.lower().str.contains("desastre")]
desastres
