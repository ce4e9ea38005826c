# Cada vez que la corres, divide otra vez.
aprobado = aprobado / 1_000_000
aprobado
