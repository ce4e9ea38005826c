# 1. Add up millones by ramo in gasto_2024 and keep the five largest.
cinco = ...

# 2. Sort from small to large, draw with plot.barh(), and set the title and label.
