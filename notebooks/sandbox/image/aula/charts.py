"""`aula.barras`: a bar chart that is right without settings: zero-based, labelled, one thing highlighted."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

from aula.style import ANIL, CEMPASUCHIL
from aula.words import say


def barras(serie: pd.Series, titulo: str | None = None, destaca: Any = None, eje: str | None = None) -> plt.Axes:
    """Dibuja una barra horizontal por valor de la serie, en su orden, de arriba abajo.

    titulo: el título de la gráfica. destaca: la categoría, o las categorías, que van en otro color.
    eje: qué miden las barras y en qué unidad; sin él, el nombre de la serie.
    """
    if not isinstance(serie, pd.Series):
        raise TypeError(say("not_bars"))
    if serie.empty:
        raise ValueError(say("empty_bars"))
    labels = [str(one) for one in serie.index]
    chosen = {str(one) for one in _listed(destaca)}
    for name in sorted(chosen - set(labels)):
        raise ValueError(say("no_highlight", name=name))
    _, axes = plt.subplots(figsize=(7.2, max(2.2, 0.42 * len(labels) + 1.2)))
    colours = [CEMPASUCHIL if one in chosen else ANIL for one in labels]
    axes.barh(range(len(labels)), serie.to_numpy(dtype=float), color=colours)
    axes.set_yticks(range(len(labels)), labels)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(eje if eje is not None else str(serie.name or ""))
    axes.set_title(titulo or "")
    return axes


def bars(series: pd.Series, title: str | None = None, highlight: Any = None, axis: str | None = None) -> plt.Axes:
    """Draws a horizontal bar for each value of the series, in its order, from top to bottom.

    title: of the chart. highlight: the category, or categories, in another colour.
    axis: what the bars measure and in which unit; without it, the series' name.
    """
    return barras(series, titulo=title, destaca=highlight, eje=axis)


def _listed(chosen: Any) -> Sequence[Any]:
    if chosen is None:
        return ()
    return chosen if isinstance(chosen, list | tuple | set | pd.Index) else (chosen,)
