# 1. Une gasto_anual con poblacion sin perder años del gasto.
por_persona = ...

# 2. Agrega la columna per_capita: pesos entre personas.

por_persona
