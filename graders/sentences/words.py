"""The words of each kind's sentence, of its slots and of their choices. A kind without words speaks by its schema.

A template names slots in braces; what stands in brackets is left out of a sentence whose slots there are empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from courses import LocalText

# How lists of checks to choose from begin; kinds that come later follow by name, and Python of one's own is last.
ORDER = ("value", "table", "collection", "text", "chart", "function", "file", "sql", "metadata", "code")
LAST = "tests"


@dataclass(frozen=True)
class Phrase:
    """What a kind is called in a list to choose from, and its sentence."""

    title: LocalText
    template: LocalText


PHRASES: Mapping[str, Phrase] = {
    "value": Phrase(
        LocalText("Un valor", "A value"),
        LocalText(
            "{name} vale lo mismo que en la solución y es {type}", "{name} has the solution's value and is {type}"
        ),
    ),
    "table": Phrase(
        LocalText("Una tabla", "A table"),
        LocalText(
            "{name} coincide con la solución {ordered}[ en las columnas {columns}]",
            "{name} matches the solution {ordered}[ in the columns {columns}]",
        ),
    ),
    "collection": Phrase(
        LocalText("Una lista, un conjunto o un diccionario", "A list, a set or a dictionary"),
        LocalText(
            "{name} tiene los mismos elementos que la solución {ordered}",
            "{name} has the same items as the solution {ordered}",
        ),
    ),
    "text": Phrase(
        LocalText("Un texto", "A text"),
        LocalText(
            "{name} es el texto que se pide[, con las palabras {contains}][, con la forma {pattern}]",
            "{name} is the text asked for[, with the words {contains}][, of the form {pattern}]",
        ),
    ),
    "chart": Phrase(
        LocalText("Una gráfica", "A chart"),
        LocalText("La gráfica es {mark} y muestra {data}", "The chart is {mark} and shows {data}"),
    ),
    "function": Phrase(
        LocalText("Una función", "A function"),
        LocalText(
            "{name} da lo mismo que la solución en estos casos: {cases}",
            "{name} gives the same as the solution in these cases: {cases}",
        ),
    ),
    "file": Phrase(
        LocalText("Un archivo", "A file"),
        LocalText(
            "El archivo {path} es igual al de la solución, leído como {format}",
            "The file {path} equals the solution's, read as {format}",
        ),
    ),
    "sql": Phrase(
        LocalText("Una consulta SQL", "An SQL query"),
        LocalText(
            "La consulta en {name} da lo mismo que la solución con estas tablas: {tables}",
            "The query in {name} gives the same as the solution on these tables: {tables}",
        ),
    ),
    "metadata": Phrase(
        LocalText("Los metadatos de unos datos", "The metadata of a dataset"),
        LocalText(
            "El documento[ en {name}][ del archivo {file}] está completo[, cumple {standard}][, lleva {requires}]",
            "The document[ in {name}][ of the file {file}] is complete[, fits {standard}][, holds {requires}]",
        ),
    ),
    "code": Phrase(
        LocalText("Cómo está escrito", "How it is written"),
        LocalText(
            "La celda se resuelve[ con {uses}][ sin {forbids}]",
            "The cell is solved[ with {uses}][ without {forbids}]",
        ),
    ),
    "tests": Phrase(
        LocalText("Escrita en Python", "Written in Python"),
        LocalText("Se cumple este programa: {source}", "This program holds: {source}"),
    ),
    "choice": Phrase(
        LocalText("Opciones", "Options"),
        LocalText("Se marcan las opciones correctas", "The right options are marked"),
    ),
    "order": Phrase(
        LocalText("Un orden", "An order"),
        LocalText("Los elementos van en el orden correcto", "The items are in the right order"),
    ),
    "match": Phrase(
        LocalText("Parejas", "Pairs"),
        LocalText("Cada elemento va con su pareja", "Each item is with its answer"),
    ),
    "number": Phrase(
        LocalText("Un número", "A number"),
        LocalText("El número es correcto, con su unidad", "The number is right, with its unit"),
    ),
}

LABELS: Mapping[str, LocalText] = {
    "name": LocalText("Variable", "Variable"),
    "function.name": LocalText("Función", "Function"),
    "type": LocalText("Qué es", "What it is"),
    "tolerance": LocalText("Diferencia que se acepta, en la misma unidad", "Difference allowed, in the same unit"),
    "relative": LocalText(
        "Diferencia que se acepta, como parte del valor", "Difference allowed, as a share of the value"
    ),
    "ignore_case": LocalText("Mayúsculas y minúsculas dan igual", "Capital letters make no difference"),
    "ignore_accents": LocalText("Los acentos dan igual", "Accents make no difference"),
    "ignore_spaces": LocalText("Los espacios de más dan igual", "Extra blanks make no difference"),
    "pattern": LocalText("Forma que debe tener (expresión regular)", "Form that it must have (regular expression)"),
    "contains": LocalText("Palabras que debe llevar, todas", "Words that it must have, all of them"),
    "similar": LocalText("Parecido que basta, de 0 a 1", "Likeness that will do, from 0 to 1"),
    "ordered": LocalText("Orden", "Order"),
    "order_by": LocalText("Columnas por las que se pide ordenar", "Columns by which to sort"),
    "columns": LocalText("Columnas que se comparan; todas si no dices", "Columns compared; all unless you say"),
    "sql.columns": LocalText("Nombres que deben llevar las columnas", "Names that the columns must have"),
    "key": LocalText("Columnas que distinguen una fila de otra", "Columns that tell one row from another"),
    "open_key": LocalText("El enunciado dice qué filas son", "The statement tells which rows there are"),
    "index": LocalText("El índice cuenta como columna", "The index counts as a column"),
    "dtypes": LocalText("Tipo de cada columna", "Type of each column"),
    "unique": LocalText("Nada debe repetirse", "Nothing may be there twice"),
    "as_set": LocalText("Las repeticiones dan igual", "How often an item is there makes no difference"),
    "keys": LocalText("Del diccionario sólo se comparan las claves", "Of the dictionary only the keys are compared"),
    "mark": LocalText("Tipo de gráfica", "Kind of chart"),
    "data": LocalText("Qué datos", "Which data"),
    "data.tolerance": LocalText("Diferencia que se acepta en los datos", "Difference allowed in the data"),
    "data.relative": LocalText(
        "Diferencia que se acepta en los datos, como parte del valor",
        "Difference allowed in the data, as a share of the value",
    ),
    "xmin": LocalText("El eje horizontal empieza en", "The horizontal axis starts at"),
    "ymin": LocalText("El eje de los montos empieza en", "The axis of amounts starts at"),
    "title_required": LocalText("Debe llevar título", "It must have a title"),
    "xlabel": LocalText(
        "El eje horizontal dice alguna de estas palabras", "The horizontal axis says any of these words"
    ),
    "ylabel": LocalText("El eje vertical dice alguna de estas palabras", "The vertical axis says any of these words"),
    "chart.name": LocalText("Variable con la gráfica, si no se muestra", "Variable that holds the chart, if not shown"),
    "cases": LocalText("Casos", "Cases"),
    "returns": LocalText("Qué devuelve", "What it returns"),
    "properties": LocalText("Qué más debe cumplir", "What else must hold"),
    "path": LocalText("Nombre del archivo", "Name of the file"),
    "format": LocalText("Cómo se lee", "How it is read"),
    "encoding": LocalText("Codificación", "Encoding"),
    "file.mark": LocalText("Marca de orden de bytes (BOM)", "Byte order mark (BOM)"),
    "delimiter": LocalText("Separador de columnas", "What stands between columns"),
    "decimal": LocalText("Signo decimal", "Decimal sign"),
    "header": LocalText("Primera línea", "First line"),
    "tables": LocalText("Tablas", "Tables"),
    "seed": LocalText("Semilla de las copias", "Seed of the copies"),
    "file": LocalText("Archivo", "File"),
    "standard": LocalText("Norma", "Standard"),
    "schema": LocalText("Esquema propio, en la carpeta de la lección", "Own schema, in the lesson's folder"),
    "requires": LocalText("Claves que debe llevar", "Keys that it must have"),
    "agrees_with.file": LocalText("Dice la verdad de este archivo", "It tells the truth about this file"),
    "agrees_with.dataset": LocalText("Dice la verdad de estos datos", "It tells the truth about this dataset"),
    "agrees_with.resource": LocalText("De ellos, este archivo", "Of it, this file"),
    "uses": LocalText("Nombres que deben aparecer", "Names that must appear"),
    "forbids": LocalText("Nombres que no deben aparecer", "Names that must not appear"),
    "source": LocalText("Programa en Python", "Python program"),
}

ANY_TYPE = LocalText("lo que sea", "anything")
TYPES: Mapping[str, LocalText] = {
    "number": LocalText("un número", "a number"),
    "integer": LocalText("un número entero", "a whole number"),
    "text": LocalText("un texto", "a text"),
    "boolean": LocalText("verdadero o falso", "true or false"),
    "list": LocalText("una lista", "a list"),
    "set": LocalText("un conjunto", "a set"),
    "dict": LocalText("un diccionario", "a dictionary"),
    "date": LocalText("una fecha", "a date"),
    "DataFrame": LocalText("una tabla", "a table"),
    "Series": LocalText("una serie", "a series"),
}
ANY_ORDER = LocalText("en cualquier orden", "in any order")
ORDERS: Mapping[str, LocalText] = {"": ANY_ORDER, "yes": LocalText("en el mismo orden", "in the same order")}

# The words of choices by slot; "" is what holds where nothing is chosen.
OPTIONS: Mapping[str, Mapping[str, LocalText]] = {
    "type": TYPES,
    "returns": {"": ANY_TYPE, **TYPES},
    "ordered": ORDERS,
    "file.ordered": ORDERS,
    "chart.mark": {
        "": LocalText("de cualquier tipo", "of any kind"),
        "bar": LocalText("de barras verticales", "of upright bars"),
        "barh": LocalText("de barras horizontales", "of horizontal bars"),
        "line": LocalText("de líneas", "of lines"),
        "scatter": LocalText("de puntos", "of points"),
        "hist": LocalText("un histograma", "a histogram"),
    },
    "data": {
        "": LocalText("cualquier dato", "any data"),
        "yes": LocalText("los datos de la solución", "the solution's data"),
    },
    "format": {
        "": LocalText("una tabla", "a table"),
        "csv": LocalText("una tabla CSV", "a CSV table"),
        "text": LocalText("líneas de texto", "lines of text"),
    },
    "encoding": {
        "": LocalText("UTF-8", "UTF-8"),
        "utf-8": LocalText("UTF-8, siempre", "UTF-8, always"),
        "latin-1": LocalText("Latin-1 o Windows", "Latin-1 or Windows"),
    },
    "file.mark": {
        "": LocalText("da igual", "it makes no difference"),
        "yes": LocalText("debe llevarla", "it must have one"),
        "no": LocalText("no debe llevarla", "it must not have one"),
    },
    "delimiter": {
        "": LocalText("coma", "comma"),
        ",": LocalText("coma, siempre", "comma, always"),
        ";": LocalText("punto y coma", "semicolon"),
        "\t": LocalText("tabulador", "tab"),
        "|": LocalText("barra vertical", "vertical bar"),
    },
    "decimal": {
        "": LocalText("punto", "point"),
        ".": LocalText("punto, siempre", "point, always"),
        ",": LocalText("coma", "comma"),
    },
    "header": {
        "": LocalText("lleva los nombres de las columnas", "holds the names of the columns"),
        "no": LocalText("ya son datos", "is data already"),
    },
    "standard": {
        "": LocalText("ninguna norma", "no standard"),
        "datapackage-1": LocalText("Data Package 1", "Data Package 1"),
        "datapackage-2": LocalText("Data Package 2", "Data Package 2"),
        "dcat-ap": LocalText("DCAT-AP 3", "DCAT-AP 3"),
        "dcat-us": LocalText("DCAT-US 1.1", "DCAT-US 1.1"),
    },
    "properties": {
        "deterministic": LocalText("da lo mismo si se llama otra vez", "it gives the same when called again"),
        "keeps_arguments": LocalText("no cambia lo que recibe", "it changes nothing that it is given"),
        "symmetric": LocalText(
            "da lo mismo con los argumentos al revés", "it gives the same with its arguments swapped"
        ),
        "idempotent": LocalText("aplicada dos veces da lo mismo", "applied twice it gives the same"),
        "increasing": LocalText("nunca baja", "it never goes down"),
        "decreasing": LocalText("nunca sube", "it never goes up"),
    },
}

EXAMPLES: Mapping[str, str] = {
    "name": "por_ramo",
    "function.name": "promedio",
    "tolerance": "0.01",
    "relative": "0.001",
    "columns": "ramo_id, millones",
    "key": "ramo_id",
    "order_by": "millones",
    "dtypes": "anio: integer\nfecha: datetime",
    "pattern": "^[A-Z]{4}[0-9]{6}$",
    "contains": "fuente, 2024",
    "similar": "0.9",
    "data.relative": "0.001",
    "ymin": "0",
    "xlabel": "millones, million",
    "ylabel": "millones, million",
    "cases": "- label: {es: un caso sencillo, en: a simple case}\n  args: [2, 3]\n"
    "- label: {es: otro caso, en: another case}\n  args: [0, 7]\n  hidden: true",
    "path": "salida.csv",
    "tables": "sismos: {dataset: mx-sismos-cdmx}",
    "file": "datapackage.json",
    "schema": "esquema.json",
    "requires": "temporal, accrualPeriodicity",
    "agrees_with.file": "salida.csv",
    "agrees_with.dataset": "mx-entidades",
    "uses": "groupby, merge",
    "forbids": "for, while",
    "source": 'assert total > 0, "El total debe ser positivo."',
}
