# Each time you run it, it divides again.
aprobado = aprobado / 1_000_000
aprobado
