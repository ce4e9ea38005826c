millones = aprobado / 1_000_000
millones
