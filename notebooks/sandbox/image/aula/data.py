"""Opening the lesson's data sets: each is a folder with a Frictionless datapackage.json beside its files."""

import difflib
import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from aula.words import say

TRUE_WORDS = ("true", "True", "TRUE", "1")
FALSE_WORDS = ("false", "False", "FALSE", "0")


def datos(nombre: str, archivo: str | None = None) -> pd.DataFrame:
    """Abre una tabla del conjunto de datos `nombre`, con los tipos que declara su ficha.

    Si el conjunto tiene varias tablas, `archivo` dice cuál: el nombre del recurso o el del archivo.
    """
    folder, resource = _find_table(nombre, archivo)
    return _read(folder, resource)


def ruta(nombre: str, archivo: str | None = None) -> str:
    """Da la ruta de un archivo del conjunto de datos `nombre`, para abrirlo con otra herramienta."""
    folder, package = _open_package(nombre)
    return str(folder / _find_resource(nombre, package["resources"], archivo)["path"])


def data(name: str, file: str | None = None) -> pd.DataFrame:
    """Opens a table of the data set `name`, typed as its description says.

    Where the data set has several tables, `file` says which one: the name of the resource or of the file.
    """
    return datos(name, file)


def path(name: str, file: str | None = None) -> str:
    """Gives the path of a file of the data set `name`, to open it with another tool."""
    return ruta(name, file)


def _root() -> Path:
    return Path(os.environ.get("AULA_DATA") or "/data")


def _open_package(name: Any) -> tuple[Path, dict[str, Any]]:
    known = (
        sorted(one.name for one in _root().glob("*") if (one / "datapackage.json").is_file())
        if _root().is_dir()
        else []
    )
    if not isinstance(name, str):
        raise TypeError(say("not_text", example=known[0] if known else "mx-entidades"))
    if not known:
        raise FileNotFoundError(say("no_data_at_all", name=name))
    if name not in known:
        raise FileNotFoundError(say("no_dataset", name=name, near=_near(name, known), known=", ".join(known)))
    folder = _root() / name
    return folder, json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def _find_table(name: str, file: str | None) -> tuple[Path, dict[str, Any]]:
    folder, package = _open_package(name)
    resources = package["resources"]
    if file is not None:
        resource = _find_resource(name, resources, file)
        if not _is_table(resource):
            raise ValueError(say("no_table", name=file, dataset=name))
        return folder, resource
    tables = [one for one in resources if _is_table(one)]
    # The clean version of a data set is the one that bears its name.
    own = [one for one in tables if one["name"] == name]
    if len(own or tables) != 1:
        raise ValueError(say("which_file", dataset=name, known=", ".join(one["name"] for one in tables)))
    return folder, (own or tables)[0]


def _find_resource(dataset: str, resources: list[dict[str, Any]], file: str | None) -> dict[str, Any]:
    if file is None:
        own = [one for one in resources if one["name"] == dataset]
        if len(own or resources) == 1:
            return (own or resources)[0]
        raise ValueError(say("which_file", dataset=dataset, known=", ".join(one["name"] for one in resources)))
    for one in resources:
        if file in (one["name"], one["path"], Path(one["path"]).stem):
            return one
    names = [one["name"] for one in resources]
    raise FileNotFoundError(
        say("no_file", dataset=dataset, name=file, near=_near(str(file), names), known=", ".join(names))
    )


def _is_table(resource: dict[str, Any]) -> bool:
    return resource["path"].lower().endswith(".csv")


def _near(name: str, known: list[str]) -> str:
    guesses = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    guesses = guesses or [one for one in known if name.lower() in one][:1]
    return say("near", guess=guesses[0]) if guesses else ""


def _read(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    """The table with integers, numbers, booleans, dates and texts as declared; what is missing stays missing."""
    schema = resource.get("schema", {})
    fields = {one["name"]: one for one in schema.get("fields", [])}
    dialect = resource.get("dialect", {})
    table = pd.read_csv(
        folder / resource["path"],
        encoding=resource.get("encoding", "utf-8"),
        sep=dialect.get("delimiter", ","),
        header="infer" if dialect.get("header", True) else None,
        skiprows=[number - 1 for number in dialect.get("commentRows", [])],
        dtype={name: "str" for name, field in fields.items() if field["type"] not in ("integer", "number")},
        na_values=schema.get("missingValues", [""]),
        keep_default_na=False,
    )
    for name, field in fields.items():
        if name in table:
            table[name] = _convert(table[name], field)
    return table


def _convert(column: pd.Series, field: dict[str, Any]) -> pd.Series:
    kind = field["type"]
    if kind == "integer" and not pd.api.types.is_integer_dtype(column):
        # Holes would make floats of whole numbers: pandas's own whole numbers can have holes.
        return pd.to_numeric(column, errors="coerce").astype("Int64")
    if kind == "number":
        return pd.to_numeric(column, errors="coerce").astype("float64")
    if kind == "boolean":
        words = dict.fromkeys(field.get("trueValues", TRUE_WORDS), True)
        words.update(dict.fromkeys(field.get("falseValues", FALSE_WORDS), False))
        return column.map(words).astype("boolean")
    if kind in ("date", "datetime"):
        form = field.get("format", "default")
        return pd.to_datetime(column, format=form if "%" in form else "ISO8601", errors="coerce")
    return column
