grandes = gasto[gasto["millones"] > 1000]
grandes
