"""A small lesson about towns that is right in everything, and goes red in one exercise when its data are swapped."""

from collections.abc import Mapping

LESSON, CELL = "lugares", "cargar"
SUM, COUNT = "cuanta-gente", "cuantos-lugares"
TOWNS, STATES = "mx-municipios", "mx-entidades"

SHEET = """\
id: lugares
title:
  es: Cuenta lugares y personas
  en: Count places and people
summary:
  es: Suma una columna y cuenta lo que no se repite.
  en: Sum a column and count what does not repeat.
minutes: 6
datasets:
  - {name: mx-municipios, version: 1.0.0}
sections:
  - id: mirar
    title: {es: Mira la tabla, en: Look at the table}
  - id: contar
    title: {es: Cuenta, en: Count}

exercises:
  - id: cuanta-gente
    title: {es: ¿Cuánta gente?, en: How many people?}
    kind: code
    points: 2
    minutes: 2
    competencies: [{id: K4, level: 1}]
    hints:
      - es: '`tabla["poblacion_2020"]` toma la columna; `.sum()` la suma.'
        en: '`tabla["poblacion_2020"]` takes the column; `.sum()` sums it.'
    checks:
      - id: total
        kind: value
        points: 2
        title: {es: '`total` es la suma de la población', en: '`total` is the sum of the population'}
        name: total
        type: integer
    wrong_answers:
      - id: promedio
        file: wrong/promedio.py
        check: total
        message:
          es: Ése es el promedio por fila. Suma todas.
          en: That is the average of a row. Sum them all.
      - id: la-mayor
        file: wrong/la-mayor.py
        check: total
        message:
          es: Ésa es sólo la fila mayor. Suma todas.
          en: That is the largest row alone. Sum them all.
  - id: cuantos-lugares
    title: {es: ¿Cuántos lugares?, en: How many places?}
    kind: code
    points: 2
    minutes: 2
    competencies: [{id: K4, level: 1}]
    hints:
      - es: '`.nunique()` cuenta los valores distintos de una columna.'
        en: '`.nunique()` counts the different values of a column.'
    checks:
      - id: lugares
        kind: value
        points: 2
        title: {es: '`lugares` es cuántos hay', en: '`lugares` is how many there are'}
        name: lugares
        type: integer
    wrong_answers:
      - id: de-mas
        file: wrong/de-mas.py
        check: lugares
        message:
          es: Son las columnas de la tabla. Cuenta sus filas.
          en: Those are the columns of the table. Count its rows.
      - id: la-gente
        file: wrong/la-gente.py
        check: lugares
        message:
          es: Ésa es la gente. Cuenta los lugares.
          en: Those are the people. Count the places.
"""

TEXT = {
    "es": """\
---
kernelspec:
  name: aula-python
  display_name: Python (Aula Abierta)
---

¿Cuántas personas viven en los lugares de esta tabla? Para saberlo, primero hay que mirarla.

(mirar)=
## Mira la tabla

Cada fila es un lugar, con su población de 2020.

```{code-cell} python
:label: cargar
:tags: [locked]
import aula

tabla = aula.datos("mx-municipios")
tabla.head()
```

:::{exercise}
:label: cuanta-gente
Guarda en `total` la población de todos los lugares de `tabla`.
:::

(contar)=
## Cuenta

Contar no es sumar: un lugar cuenta uno, tenga la gente que tenga.

:::{exercise}
:label: cuantos-lugares
Guarda en `lugares` cuántos lugares distintos hay en `tabla`.
:::
""",
    "en": """\
---
kernelspec:
  name: aula-python
  display_name: Python (Aula Abierta)
---

How many people live in the places of this table? To know, one has to look at it first.

(mirar)=
## Look at the table

Each row is a place, with its population of 2020.

```{code-cell} python
:label: cargar
:tags: [locked]
import aula

tabla = aula.datos("mx-municipios")
tabla.head()
```

:::{exercise}
:label: cuanta-gente
Save the population of all places of `tabla` in `total`.
:::

(contar)=
## Count

To count is not to sum: a place counts one, whatever the people it has.

:::{exercise}
:label: cuantos-lugares
Save how many different places there are in `tabla` in `lugares`.
:::
""",
}


def towns_files() -> Mapping[str, bytes]:
    """The files of the lesson by name."""
    code = {
        f"{SUM}/solution.py": 'total = tabla["poblacion_2020"].sum()\n',
        f"{SUM}/starter.py": "# La suma de la población.\ntotal = ...\n",
        f"{SUM}/starter.en.py": "# The sum of the population.\ntotal = ...\n",
        f"{SUM}/wrong/promedio.py": 'total = tabla["poblacion_2020"].mean()\n',
        f"{SUM}/wrong/la-mayor.py": 'total = tabla["poblacion_2020"].max()\n',
        f"{COUNT}/wrong/la-gente.py": 'lugares = tabla["poblacion_2020"].sum()\n',
        f"{COUNT}/solution.py": 'lugares = tabla["cvegeo"].nunique()\n',
        f"{COUNT}/starter.py": "# Cuántos lugares distintos hay.\nlugares = ...\n",
        f"{COUNT}/starter.en.py": "# How many different places there are.\nlugares = ...\n",
        f"{COUNT}/wrong/de-mas.py": "lugares = len(tabla.columns)\n",
    }
    return {
        "lesson.yaml": SHEET.encode(),
        **{f"lesson.{language}.md": text.encode() for language, text in TEXT.items()},
        **{f"exercises/{name}": text.encode() for name, text in code.items()},
    }
