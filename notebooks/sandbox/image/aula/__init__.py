"""What every notebook of Aula Abierta has at hand: `aula.datos`, `ruta`, `barras`; in English `data`, `path`, `bars`.

This package runs inside the learner's kernel. It can be read and changed there, so nothing relies on its honesty.
"""

from aula.charts import barras, bars
from aula.data import data, datos, path, ruta

__all__ = ["barras", "bars", "data", "datos", "path", "ruta"]
