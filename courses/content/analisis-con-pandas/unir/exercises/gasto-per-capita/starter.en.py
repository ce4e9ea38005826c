# 1. Join gasto_anual with poblacion without losing spending years.
por_persona = ...

# 2. Add the column per_capita: pesos divided by people.

por_persona
