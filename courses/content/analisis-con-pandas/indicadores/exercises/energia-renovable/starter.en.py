# 1. From 2000 to 2019, in percentage points.
cambio_puntos = ...

# 2. That change, as a per cent of the value of 2000.
cambio_pct = ...

# 3. Draw the line and label its axes.
