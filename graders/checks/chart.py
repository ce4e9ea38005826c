"""The check `chart`: what a cell drew has the marks, the data, the axes and the words that were asked for."""

# One sentence a line, however long.
# ruff: noqa: E501

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from courses import Check
from graders.checks.alike import Closeness, closeness_of, folded, is_alike
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, RELATIVE, TOLERANCE, Kind
from graders.documents import Document, Faulty, read_document
from graders.evidence import Absent, Axes, Mark, read_axes
from graders.vegalite import Hidden, Undrawn, read_specification
from graders.view import View

# What there is to judge, or why there is nothing.
Drawing: TypeAlias = Axes | Undrawn | Faulty | Absent | None

# Kinds that draw the same data: amounts by name or position.
FAMILIES: Mapping[str, str] = {"bar": "bars", "barh": "bars", "hist": "bars"}
# A bar whose sides touch is still one, and dots joined by nothing may be.
ACCEPTED: Mapping[str, tuple[str, ...]] = {"bar": ("bar", "hist")}
SPECIFICATION = re.compile(r"application/vnd\.vegalite\.v[0-9.]{1,8}\+json")
LARGEST_SPECIFICATION = 2 * 2**20
START_ROOM = 0.01  # of an axis's length: how far from the wanted start it may begin


def judge(check: Check, have: Drawing, want: Drawing) -> Finding:
    """Says what is missing in the order in which one would mend it: marks, data, axes, title, labels."""
    params = check.params
    if not isinstance(have, Axes):
        return _nothing_to_see(params.get("name", ""), have)
    if not have.marks:
        return miss("chart.none")
    for find in (_mark_miss, _data_miss, _start_miss, _words_miss):
        finding = find(params, have, want if isinstance(want, Axes) else None)
        if finding is not None:
            return finding
    return RIGHT


def _nothing_to_see(name: str, have: Undrawn | Faulty | Absent | None) -> Finding:
    if have is None:
        return miss("chart.none")
    if isinstance(have, Absent):
        return miss("chart.missing_name", name=name)
    if have.reason == "placeholder":
        return miss("chart.placeholder", name=name)
    if have.reason == "too_large":
        return miss("chart.too_large")
    return miss("chart.data_elsewhere" if have.reason == "data_elsewhere" else "chart.not_a_specification")


def is_same(check: Check, one: Drawing, other: Drawing) -> bool:
    """Whether the check sees the same in both drawings."""
    if not isinstance(one, Axes) or not isinstance(other, Axes):
        return False
    if "data" in check.params and _data_miss(check.params, one, other) is not None:
        return False
    return _facts(check.params, one) == _facts(check.params, other)


def _facts(params: Mapping[str, Any], axes: Axes) -> tuple[Any, ...]:
    """All that the check sees but for the data."""
    kinds = tuple(sorted({mark.kind for mark in axes.marks})) if "mark" in params else ()
    return (
        kinds,
        _start_miss(params, axes, None) is None,
        "title_required" in params and not axes.title.strip(),
        *(_has_word(axes, name, params) for name in ("xlabel", "ylabel")),
    )


def _mark_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    wanted = params.get("mark")
    kinds = [mark.kind for mark in have.marks]
    if wanted is None or any(kind in ACCEPTED.get(wanted, (wanted,)) for kind in kinds):
        return None
    return miss("chart.wrong_mark", wanted=wanted, have=kinds[0])


def _data_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    """Whether the marks of the kind that the solution drew show its data; marks of other kinds mean nothing."""
    if "data" not in params or want is None or not want.marks:
        return None
    close = closeness_of(params["data"] or {})
    family = _family(want.marks[0].kind)
    wanted = [_series(mark) for mark in want.marks if _family(mark.kind) == family]
    hidden_by = next((mark.by for mark in have.marks if isinstance(mark, Hidden)), None)
    if hidden_by is not None:
        return miss("chart.hidden_data", by=hidden_by)
    found = [_series(mark) for mark in have.marks if _family(mark.kind) == family]
    if None in found:
        return miss("chart.too_large")
    if not found:
        return miss("chart.data")
    if sum(len(one or ()) for one in found) != sum(len(one or ()) for one in wanted):
        return miss("chart.data_count", have=sum(len(one or ()) for one in found))
    for one in wanted:
        at = next((at for at, other in enumerate(found) if _is_series_alike(other, one, close)), None)
        if at is None:
            return miss("chart.data")
        del found[at]
    return miss("chart.data") if found else None


def _start_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    lies = any(mark.kind == "barh" for mark in have.marks)
    for name in ("xmin", "ymin"):
        if name not in params:
            continue
        # The amounts of bars that lie are measured across.
        axis = "x" if name == "xmin" or lies else "y"
        start, end = have.x_range if axis == "x" else have.y_range
        wanted = float(params[name])
        shows_amounts = axis == "y" or lies
        reaches_below = shows_amounts and start < wanted and any(amount < wanted for amount in _amounts(have))
        if abs(start - wanted) > START_ROOM * (end - start) and not reaches_below:
            return miss("chart.axis_start", axis=axis, have=round(start, 6), wanted=params[name])
    return None


def _amounts(axes: Axes) -> list[float]:
    return [amount for mark in axes.marks for _, amount in mark.points or () if amount is not None]


def _words_miss(params: Mapping[str, Any], have: Axes, want: Axes | None) -> Finding | None:
    if params.get("title_required") is True and not have.title.strip():
        return miss("chart.no_title")
    for name in ("xlabel", "ylabel"):
        if not _has_word(have, name, params):
            text = have.xlabel if name == "xlabel" else have.ylabel
            code = "chart.other_label" if text.strip() else "chart.no_label"
            return miss(code, axis=name[0], label=text[:100], words=list(params[name]["contains"]))
    return None


def _has_word(axes: Axes, name: str, params: Mapping[str, Any]) -> bool:
    if name not in params:
        return True
    text = folded(axes.xlabel if name == "xlabel" else axes.ylabel)
    return any(folded(word) in text for word in params[name]["contains"])


def _family(kind: str) -> str:
    return FAMILIES.get(kind, kind)


def _series(mark: Mark) -> tuple[tuple[float | str, float | None], ...] | None:
    """The drawn points in an order of their own. Names that are numbers count as numbers; None: too many points."""
    if mark.points is None:
        return None
    points = [(_place(place), amount) for place, amount in mark.points]
    # A gap in a line draws nothing.
    drawn = [point for point in points if point[1] is not None or mark.kind not in ("line", "scatter")]
    return tuple(sorted(drawn, key=lambda point: (isinstance(point[0], str), point[0], point[1] or 0.0)))


def _place(place: float | str | None) -> float | str:
    if isinstance(place, str):
        text = place.strip()
        return float(text) if text.removeprefix("-").replace(".", "", 1).isdecimal() else text
    return 0.0 if place is None else place


def _is_series_alike(
    have: Sequence[tuple[float | str, float | None]] | None,
    want: Sequence[tuple[float | str, float | None]] | None,
    close: Closeness,
) -> bool:
    if have is None or want is None or len(have) != len(want):
        return False
    return all(
        is_alike(one[0], other[0], Closeness(relative=1e-9)) and is_alike(one[1], other[1], close)
        for one, other in zip(have, want, strict=True)
    )


def _look(view: View) -> Any:
    """The specification in a name, or in what the answer showed last; else the facts of the drawing, if it showed one."""
    if "name" in view.check.params:
        return {"document": view.ask("documents", "look", {"name": view.check.params["name"]})}
    for bundle in reversed(view.shown):
        specification = next((text for kind, text in bundle.items() if SPECIFICATION.fullmatch(kind)), None)
        if specification is not None:
            is_small = len(specification) <= LARGEST_SPECIFICATION
            return {"document": {"text": specification} if is_small else {"too_large": True}}
        if any(kind.startswith("image/") for kind in bundle):
            return view.ask("charts", "look", {})
    return {"drew": False}


def _read(raw: Any) -> Drawing:
    if type(raw) is not dict or set(raw) != {"document"}:
        return read_axes(raw)
    held = read_document(raw["document"])
    return read_specification(held.value) if isinstance(held, Document) else held


SPANISH: Mapping[str, str] = {
    "chart.missing_name": "No encontramos {name}. Guarda la especificación de tu gráfica con ese nombre exacto.",
    "chart.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tu especificación.",
    "chart.not_a_specification": "Lo que mostraste no es una especificación de Vega-Lite con `data`, `mark` y `encoding`. Revisa qué le falta.",
    "chart.data_elsewhere": "Tu especificación toma sus datos de fuera. Ponlos dentro, en `data.values`, para que se vean aquí.",
    "chart.hidden_data": "Los datos de tu gráfica salen de {by}, que sólo Vega-Lite calcula. Calcúlalos antes y dibújalos ya hechos.",
    "chart.none": "Tu celda no muestra ninguna gráfica. Dibújala en esta misma celda.",
    "chart.too_large": "Tu gráfica tiene demasiados puntos para revisarla. Dibuja sólo los datos que se piden.",
    "chart.wrong_mark": "Dibujaste {have:mark} y esperábamos {wanted:mark}. Cambia el tipo de gráfica.",
    "chart.data": "Los datos de tu gráfica no son los que esperábamos. Revisa qué tabla y qué columna dibujas.",
    "chart.data_count": "Tu gráfica muestra {have:point} y esperábamos otra cantidad. Revisa qué filas dibujas.",
    "chart.axis_start": "El eje {axis:axis} empieza en {have} y esperábamos {wanted}. Así los tamaños se comparan bien.",
    "chart.no_title": "A tu gráfica le falta título. Di en él qué se ve.",
    "chart.no_label": "Al eje {axis:axis} le falta rótulo. Di qué mide y en qué unidad.",
    "chart.other_label": "El eje {axis:axis} dice {label}. Falta que diga {words:any}.",
}
ENGLISH: Mapping[str, str] = {
    "chart.missing_name": "We did not find {name}. Keep your chart's specification under exactly that name.",
    "chart.placeholder": "{name} is still `...`. Put your own specification in place of the three dots.",
    "chart.not_a_specification": "What you showed is no Vega-Lite specification with `data`, `mark` and `encoding`. Check what it lacks.",
    "chart.data_elsewhere": "Your specification takes its data from elsewhere. Put them inside, in `data.values`, so that they can be seen here.",
    "chart.hidden_data": "The data of your chart come of {by}, which only Vega-Lite computes. Compute them before, and draw them as they are.",
    "chart.none": "Your cell shows no chart. Draw it in this same cell.",
    "chart.too_large": "Your chart has too many points to look at. Draw only the data that are asked for.",
    "chart.wrong_mark": "You drew {have:mark} and we expected {wanted:mark}. Change the kind of chart.",
    "chart.data": "The data of your chart are not those that we expected. Check which table and column you draw.",
    "chart.data_count": "Your chart shows {have:point} and we expected another number. Check which rows you draw.",
    "chart.axis_start": "The {axis:axis} axis starts at {have} and we expected {wanted}. Then sizes compare well.",
    "chart.no_title": "Your chart has no title. Say in it what there is to see.",
    "chart.no_label": "The {axis:axis} axis has no label. Say what it measures and in which unit.",
    "chart.other_label": "The {axis:axis} axis says {label}. It still has to say {words:any}.",
}

KIND = Kind(
    name="chart",
    about="The last chart that the learner drew, compared with the solution's: what is drawn, not its pixels. With matplotlib, or as a Vega-Lite specification.",
    properties={
        "name": {
            **NAME,
            "description": "The variable that holds a Vega-Lite specification. Without it the cell must show the chart.",
        },
        "mark": {"enum": ["bar", "barh", "line", "scatter", "hist"], "description": "How it must be drawn."},
        "data": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"tolerance": TOLERANCE, "relative": RELATIVE},
            "description": "The drawn data must equal the solution's. {} for exactly.",
        },
        "xmin": {"type": "number", "description": "Where the horizontal axis must start."},
        "ymin": {
            "type": "number",
            "description": "Where the axis of amounts must start; for barh that is the horizontal one.",
        },
        "title_required": {"type": "boolean", "description": "true: it must have a title."},
        "xlabel": {"$ref": "#/$defs/label", "description": "What the label of the horizontal axis must say."},
        "ylabel": {"$ref": "#/$defs/label", "description": "What the label of the vertical axis must say."},
    },
    needs_any=True,
    defs={
        "label": {
            "type": "object",
            "additionalProperties": False,
            "required": ["contains"],
            "properties": {
                "contains": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 20,
                    "items": {"type": "string", "minLength": 1, "maxLength": 60},
                    "description": "Any of these words will do, in any language and case.",
                }
            },
        }
    },
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {
            "chart.none",
            "chart.too_large",
            "chart.missing_name",
            "chart.placeholder",
            "chart.not_a_specification",
            "chart.data_elsewhere",
        }
    ),
    look=_look,
    read=_read,
    judge=judge,
    is_same=is_same,
    probes=("charts", "documents"),
)
