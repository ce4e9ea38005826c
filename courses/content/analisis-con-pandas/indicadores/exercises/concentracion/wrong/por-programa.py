def concentracion(df):
    partes = df["monto"] / df["monto"].sum()
    return (partes**2).sum()


concentracion(gasto[gasto["anio"] == 2024])
