def concentracion(df):
    # 1. Add up monto by ramo_id.
    por_ramo = ...
    # 2. Each ramo's share of the total.
    partes = ...
    # 3. The sum of the squares.
    return ...


concentracion(gasto[gasto["anio"] == 2024])
