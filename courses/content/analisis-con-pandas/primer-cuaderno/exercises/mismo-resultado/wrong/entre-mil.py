millones = aprobado / 1_000
millones
