def concentracion(df):
    por_ramo = df.groupby("ramo_id")["monto"].sum()
    partes = por_ramo / por_ramo.sum()
    return (partes**2).sum()


concentracion(gasto[gasto["anio"] == 2024])
