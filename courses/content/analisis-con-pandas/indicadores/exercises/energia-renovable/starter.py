# 1. De 2000 a 2019, en puntos porcentuales.
cambio_puntos = ...

# 2. Ese cambio, en por ciento del valor de 2000.
cambio_pct = ...

# 3. Dibuja la línea y rotula sus ejes.
