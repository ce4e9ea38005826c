def concentracion(df):
    # 1. Suma monto por ramo_id.
    por_ramo = ...
    # 2. La parte de cada ramo en el total.
    partes = ...
    # 3. La suma de los cuadrados.
    return ...


concentracion(gasto[gasto["anio"] == 2024])
