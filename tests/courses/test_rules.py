"""Each rule: a lesson that keeps all of them has no complaint, and one that breaks it is told so at its line."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.content import (
    DATASET,
    EXERCISE,
    LESSON,
    PACKAGE,
    Edit,
    a_content_folder,
    append,
    both,
    copy_lesson,
    remove,
    replace,
    write,
)

from courses import load_catalogue
from courses.rules import RULES

ROOT = Path(__file__).parents[2]
SHEET, ES, EN = f"{LESSON}/lesson.yaml", f"{LESSON}/lesson.es.md", f"{LESSON}/lesson.en.md"
COURSE, CSV = "curso/course.yaml", f"datasets/{DATASET}/{DATASET}.csv"
STARTER, WRONG, WRONG_2 = (f"{EXERCISE}/{name}.py" for name in ("starter", "wrong/cuantos", "wrong/el-menor"))
RUBRIC = """      - id: orden
        title: {es: Va en orden, en: It goes in order}
        levels: [{points: 0, text: {es: No va., en: It does not.}}, {points: 1, text: {es: Va., en: It does.}}]
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def in_both(old: str, new: str) -> Edit:
    return both(replace(ES, old, new), replace(EN, old, new))


def a_link(name: str, target: str) -> Edit:
    def edit(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)

    return edit


def without(start: str, end: str) -> Edit:
    """lesson.yaml without what stands from one text up to another."""

    def edit(root: Path) -> None:
        text = (root / SHEET).read_text("utf-8")
        before, found, rest = text.partition(start)
        assert found
        (root / SHEET).write_text(before + rest[rest.index(end) :], "utf-8")

    return edit


def swapped_exercises(root: Path) -> None:
    """The two exercises of the text change places, in both languages."""
    for name in (ES, EN):
        text = (root / name).read_text("utf-8")
        text = text.replace("mas-nacimientos", "~").replace("que-significa", "mas-nacimientos")
        (root / name).write_text(text.replace("~", "que-significa"), "utf-8")


@dataclass(frozen=True)
class Breach:
    """An edit that breaks a rule. file: where the complaint is; line: what stands there, empty where it has no line."""

    code: str
    edit: Edit
    file: str
    line: str = ""


FILES = [
    Breach("missing-file", remove(EN), EN),
    Breach("missing-file", remove(f"{EXERCISE}/solution.py"), SHEET, "id: mas-nacimientos"),
    Breach("missing-file", replace(SHEET, "wrong/cuantos.py", "wrong/otro.py"), SHEET, "wrong/otro.py"),
    Breach("odd-file", a_link(f"{LESSON}/img/plano.png", "/etc/hostname"), f"{LESSON}/img/plano.png"),
    Breach("odd-file", a_link(f"{LESSON}/notas", "../.."), f"{LESSON}/notas"),
    Breach("odd-file", lambda root: os.mkfifo(root / LESSON / "tubo"), f"{LESSON}/tubo"),
    Breach("unreadable", remove("."), "."),
    Breach("too-large", append(ES, "palabra " * 20_000), ES),
    Breach("too-large", write(f"{LESSON}/img/plano.png", PNG + bytes(2**20)), f"{LESSON}/img/plano.png"),
    Breach("not-utf8", write(STARTER, "anio_mayor = ...\n# El año\n".encode("latin-1")),
           STARTER, "# El a"),
    Breach("not-yaml", replace(SHEET, "minutes: 8", "minutes: [8"), SHEET, "datasets:"),
    Breach("not-yaml", replace(SHEET, "minutes: 8", "minutes: &ocho 8"), SHEET, "minutes: &ocho"),
    Breach("not-yaml", replace(SHEET, "minutes: 8", "minutes: !!int 8"), SHEET, "minutes: !!int"),
    Breach("not-yaml", replace(SHEET, "kind: code", 'kind: "\\ud800"'), SHEET, "ud800"),
    Breach("not-json", replace(PACKAGE, '"version": "1.0.0",', '"version": NaN,'), PACKAGE),
    Breach("not-json", replace(PACKAGE, '"version": "1.0.0",', '"version": "1.0.0"'), PACKAGE, '"created"'),
    Breach("repeated-key", replace(SHEET, "minutes: 8", "minutes: 8\nminutes: 9"), SHEET, "minutes: 9"),
]  # fmt: skip

SHAPES = [
    Breach("missing-key", replace(SHEET, "    points: 2\n", ""), SHEET, "- id: mas-nacimientos"),
    Breach("missing-key", replace(PACKAGE, '"version": "1.0.0",', ""), PACKAGE, "{"),
    Breach("unknown-key", replace(SHEET, "type: integer", "type: integer\n        exacto: sí"), SHEET, "exacto: sí"),
    Breach("wrong-type", replace(SHEET, "minutes: 8", "minutes: ocho"), SHEET, "minutes: ocho"),
    Breach("wrong-type", write(SHEET, "- una\n- lista\n"), SHEET, "- una"),
    Breach("wrong-type", write(SHEET, ""), SHEET),
    Breach("not-allowed", replace(SHEET, "{id: K4, level: 1}", "{id: K0, level: 1}"), SHEET, "K0"),
    Breach("not-allowed", replace(SHEET, "{id: K4, level: 1}", "{id: K4, level: 4}"), SHEET, "level: 4"),
    Breach("not-allowed", replace(SHEET, "kind: value", "kind: valor"), SHEET, "kind: valor"),
    Breach("not-allowed", replace(COURSE, "cover: waves", "cover: olas"), COURSE, "cover: olas"),
    Breach("bad-form", replace(SHEET, "- id: anio", "- id: Año"), SHEET, "- id: Año"),
    Breach("out-of-range", replace(SHEET, "minutes: 8", "minutes: 21"), SHEET, "minutes: 21"),
    Breach("too-few", replace(SHEET, "es: Mi lección", 'es: ""'), SHEET, 'es: ""'),
    Breach("too-many", replace(SHEET, "    hints:\n", "    hints:\n" + "      - {es: Ve., en: See.}\n" * 2), SHEET,
           "hints:"),
    Breach("repeated", replace(COURSE, "topics: [analisis]", "topics: [analisis, analisis]"), COURSE, "topics:"),
    Breach("does-not-fit", replace(PACKAGE, '"publisher"', '"editor"'), PACKAGE, '"contributors"'),
    Breach("does-not-fit", replace(SHEET, "    points: 2\n", "    points: 2.3\n"), SHEET, "points: 2.3"),
    Breach("wrong-id", replace(SHEET, "id: mi-leccion", "id: otra"), SHEET, "id: otra"),
    Breach("wrong-id", replace(COURSE, "id: curso", "id: otro"), COURSE, "id: otro"),
    Breach("wrong-id", replace(PACKAGE, f'"name": "{DATASET}"', '"name": "otro"'), PACKAGE, '"name": "otro"'),
    Breach("repeated-id", in_both("cargar-vitales", "mirar"), ES, "```{code-cell}"),
    Breach("repeated-id", replace(SHEET, "- id: el-menor", "- id: cuantos"), SHEET, "- id: cuantos"),
    Breach("repeated-id", replace(PACKAGE, f'"name": "{DATASET}-crudo"', f'"name": "{DATASET}"'), PACKAGE),
    Breach("reserved-id", both(in_both("(leer)=", "(variables)="), replace(SHEET, "id: leer", "id: variables")),
           SHEET, "id: variables"),
]  # fmt: skip

COURSES = [
    Breach("no-lesson", append(COURSE, "  - que-no-esta\n"), COURSE, "que-no-esta"),
    Breach("lesson-not-listed", lambda root: (root / "curso/suelta").mkdir(), "curso/suelta"),
    Breach("no-course", append(COURSE, "prerequisites: [otro]\n"), COURSE, "prerequisites:"),
]

TEXTS = [
    Breach("heading-1", in_both("(leer)=", "# Otro título\n\n(leer)="), ES, "# Otro título"),
    Breach("no-anchor", in_both("(leer)=\n", ""), ES, "## Leer"),
    Breach("stray-anchor", in_both("(leer)=", "(suelta)=\n\nTexto.\n\n(leer)="), ES, "(suelta)="),
    Breach("sections-differ", in_both("(leer)=", "(releer)="), ES, "## Leer"),
    Breach("section-title", replace(EN, "## Read the result", "## Read it"), EN, "## Read it"),
    Breach("no-label", in_both(":label: cargar-vitales\n", ""), ES, "```{code-cell}"),
    Breach("no-label", in_both(":label: que-significa\n", ""), EN, ":::{exercise}"),
    Breach("unknown-option", in_both(":tags: [locked]", ":tags: [fija]"), ES, "```{code-cell}"),
    Breach("unknown-option", in_both(":tags: [locked]", ":oculta: sí"), ES, ":oculta:"),
    Breach("unknown-directive", in_both(":::{note}", ":::{nota}"), ES, ":::{nota}"),
    Breach("unclosed", append(ES, "\n:::{note}\nSin cerrar.\n"), ES, ":::{note}\nSin"),
    Breach("nested-block", in_both(":::{note}\n", "::::{note}\n:::{exercise}\n:label: x\n:::\n::::\n\n:::{note}\n"), ES,
           ":::{exercise}\n:label: x"),
    Breach("bad-formula", in_both("(leer)=", "Sea $x_1$\ny $x_{$.\n\n(leer)="), ES, "y $"),
    Breach("bad-formula", in_both("(leer)=", "$$\n\\fraccion{1}{2}\n$$\n\n(leer)="), ES, "$$"),
    Breach("bad-picture", in_both("(leer)=", "![Un plano](img/plano.png)\n\n(leer)="), ES, "![Un plano]"),
    Breach("bad-picture", both(write(f"{LESSON}/img/plano.png", b"texto"),
                               in_both("(leer)=", "![Un plano](img/plano.png)\n\n(leer)=")), ES, "![Un plano]"),
    Breach("bad-picture", both(write(f"{LESSON}/img/plano.png", PNG * 4000),
                               in_both("(leer)=", "![Un plano](img/plano.png)\n\n(leer)=")), ES, "![Un plano]"),
    Breach("bad-picture", in_both("(leer)=", "![Ajena](https://example.org/a.png)\n\n(leer)="), ES, "![Ajena]"),
    Breach("no-alt", both(write(f"{LESSON}/img/plano.png", PNG), in_both("(leer)=", "![](img/plano.png)\n\n(leer)=")),
           ES, "![](img"),
    Breach("bad-link", in_both("(leer)=", "[Aquí](otra.html)\n\n(leer)="), ES, "[Aquí]"),
    Breach("bad-link", in_both("(leer)=", "[Aquí](#nada)\n\n(leer)="), ES, "[Aquí]"),
    Breach("blocks-differ", replace(EN, "cargar-vitales", "load-vitales"), EN, "```{code-cell}"),
    Breach("blocks-differ", replace(EN, ":tags: [locked]\n", ""), EN, "```{code-cell}"),
    Breach("code-differs", replace(EN, ".head()", ".tail()"), EN, "```{code-cell}"),
    Breach("quotes", replace(ES, "media respuesta", '"media respuesta"'), ES, '"media'),
    Breach("quotes", replace(SHEET, "es: Mi lección", "es: “Mi” lección"), SHEET, "“Mi”"),
    Breach("quotes", replace(EN, "half an answer", "«half» an answer"), EN, "«half»"),
    Breach("dashes", replace(ES, "es media", "es - casi - media"), ES, "es - casi"),
]  # fmt: skip

EXERCISES = [
    Breach("exercise-not-placed", in_both(":::{exercise}\n:label: que-significa", ":::{note}"), SHEET,
           "- id: que-significa"),
    Breach("exercise-twice", in_both(":label: que-significa", ":label: mas-nacimientos"), ES, ":::{exercise}"),
    Breach("exercise-unknown", in_both(":label: que-significa", ":label: otro"), ES, ":::{exercise}"),
    Breach("exercise-order", swapped_exercises, ES),
    Breach("does-not-compile", in_both("import aula", "import aula as"), ES, "import aula as"),
    Breach("does-not-compile", write(WRONG, "x = 1\nx = = 2\n"),
           WRONG, "x = = 2"),
    Breach("does-not-compile", write(STARTER, 'anio_mayor = "\\d"\n'), STARTER, "anio"),
    Breach("starter-is-solution", write(f"{EXERCISE}/starter.en.py",
           "# Comments do not count.\nanio_mayor=vitales.loc[vitales['nacimientos'].idxmax(),'anio']\nanio_mayor\n"),
           SHEET, "- id: mas-nacimientos"),
    Breach("few-wrong-answers", both(without("      - id: el-menor\n", "    solution_note:"), remove(WRONG_2)), SHEET,
           "wrong_answers:"),
    Breach("no-such-hint-check",
           replace(SHEET, "    hints:\n", "    hints:\n      - {es: Ve., en: See., check: nada}\n"), SHEET,
           "check: nada"),
    Breach("no-such-check", replace(SHEET, "check: anio", "check: total"), SHEET, "check: total"),
    Breach("wrong-answer-is-right", write(WRONG,
           "anio_mayor = vitales.loc[vitales['nacimientos'].idxmax(), 'anio']\nanio_mayor\n"), SHEET, "- id: cuantos"),
    Breach("same-wrong-answer", write(WRONG_2, "anio_mayor = vitales['nacimientos'].max()\nanio_mayor\n"), SHEET,
           "- id: el-menor"),
    Breach("points", replace(SHEET, "    points: 2\n", "    points: 3\n"), SHEET, "    points: 3"),
    Breach("minutes", replace(SHEET, "minutes: 8", "minutes: 3"), SHEET, "minutes: 3"),
    Breach("choice-options", replace(SHEET, "correct: true", "correct: false"), SHEET, "options:"),
    Breach("choice-options", replace(SHEET, "correct: false", "correct: true"), SHEET, "options:"),
    Breach("no-message", without("        message:\n          es: La tabla empieza", "    checks:\n      - id: elec"),
           SHEET, "- id: historia"),
    Breach("check-kind", replace(SHEET, "        kind: choice\n", "        kind: code\n        uses: [a]\n"), SHEET,
           "        kind: code\n        uses"),
    Breach("check-kind", replace(SHEET, "        kind: order\n", "        kind: match\n"), SHEET,
           "        kind: match"),
    Breach("repeated-id", replace(SHEET, "- id: columnas", "- id: vacios"), SHEET, "- id: vacios"),
    Breach("repeated-id", replace(SHEET, "- id: razon", "- id: dato"), SHEET, "- id: dato"),
    Breach("repeated-id", replace(SHEET, "aliases: [miles,", "aliases: [personas,"), SHEET, "{name: mil"),
    Breach("points", replace(SHEET, "    points: 3\n", "    points: 4\n"), SHEET, "    points: 4"),
    Breach("no-order", both(*(replace(SHEET, f"- id: {one}\n", f"- id: {one}\n        with_above: true\n")
                             for one in ("columnas", "mayor"))), SHEET, "    items:"),
    Breach("not-the-items", replace(SHEET, "[tabla, mayor, columnas, vacios]", "[tabla, mayor, tabla, vacios]"), SHEET,
           "answer: [tabla"),
    Breach("no-such-answer", replace(SHEET, "answer: tiempo", "answer: lugar"), SHEET, "answer: lugar"),
    Breach("first-unit", replace(SHEET, "{name: nacimientos,", "{name: nacimientos, factor: 2,"), SHEET,
           "{name: nacim"),
    Breach("stray-rubric", replace(SHEET, "    kind: choice\n", "    kind: choice\n    rubric:\n" + RUBRIC), SHEET,
           "    rubric:"),
    Breach("no-rubric", replace(SHEET, "    kind: order\n", "    kind: order\n    needs_second_marker: true\n"), SHEET,
           "needs_second_marker"),
    Breach("rubric-levels", replace(SHEET, "{points: 2,", "{points: 1,"), SHEET, "        levels:"),
    Breach("text-length", replace(SHEET, "{least: 15,", "{least: 90,"), SHEET, "length:"),
    Breach("missing-key", replace(SHEET, "    number:\n      value: 6849.3", "    number:\n      valor: 6849.3"), SHEET,
           "    number:"),
    Breach("missing-key", replace(SHEET, "        answer: tiempo\n", ""), SHEET, "- id: anio"),
    Breach("wrong-type", replace(SHEET, "answer: 208 333", "answer: [uno]"), SHEET, "answer: [uno]"),
    Breach("no-english-starter", remove(f"{EXERCISE}/starter.en.py"), SHEET, "- id: mas-nacimientos"),
    Breach("unused-file", write(f"{EXERCISE}/wrong/otra.py", "x = 1\n"), f"{EXERCISE}/wrong/otra.py"),
    Breach("unused-file", write(f"{LESSON}/exercises/que-significa/starter.py", "x = 1\n"),
           f"{LESSON}/exercises/que-significa/starter.py"),
]  # fmt: skip

DATASETS = [
    Breach("no-dataset", remove(f"datasets/{DATASET}"), SHEET, f"name: {DATASET}"),
    Breach("dataset-version", replace(SHEET, "version: 1.0.0", "version: 2.0.0"), SHEET, "version: 2.0.0"),
    Breach("dataset-damaged", append(CSV, " "), SHEET, f"name: {DATASET}"),
    Breach("file-changed", append(CSV, " "), CSV),
    Breach("file-changed", replace(CSV, "98785000", "98785001"),
           CSV),
    Breach("file-changed", remove(CSV), CSV),
    Breach("dataset-not-listed", in_both('aula.datos("', 'aula.datos("otro-'), ES, "vitales = aula"),
    Breach("no-resource", in_both(f'"{DATASET}")', f'"{DATASET}", "otro.csv")'), ES, "otro.csv"),
    Breach("columns-differ", replace(PACKAGE, '"name": "anio"', '"name": "year"'), CSV,
           "anio,poblacion"),
    Breach("bad-encoding", replace(PACKAGE, '"encoding": "utf-8"', '"encoding": "utf-16"'),
           CSV),
]  # fmt: skip

NOTE = "cell:cargar-vitales: {es: Mira., en: Look.}\n"
NOTES_FILE = f"{LESSON}/notes.yaml"
NOTES = [
    Breach("stray-note", write(NOTES_FILE, f"{NOTE}cell:otra: {{es: Ve., en: See.}}\n"), NOTES_FILE, "cell:otra:"),
    Breach("missing-key", write(NOTES_FILE, f"{NOTE}section:leer: {{es: Ve.}}\n"), NOTES_FILE, "section:leer:"),
    Breach("not-yaml", write(NOTES_FILE, f"{NOTE}[\n"), NOTES_FILE),
    Breach("repeated-key", write(NOTES_FILE, NOTE * 2), NOTES_FILE, "cell:cargar-vitales"),
    Breach("too-many", write(NOTES_FILE, NOTE.replace("Mira.", "a" * 2001)), NOTES_FILE),
]

BREACHES = [*FILES, *SHAPES, *COURSES, *TEXTS, *EXERCISES, *DATASETS, *NOTES]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")


def test_a_lesson_that_keeps_every_rule_has_no_complaint(root: Path) -> None:
    catalogue = load_catalogue(root)
    assert catalogue.problems == ()
    assert catalogue.find_lesson("curso", "mi-leccion") is not None


@pytest.mark.parametrize("breach", BREACHES, ids=[f"{number}-{one.code}" for number, one in enumerate(BREACHES)])
def test_a_broken_rule_is_told_at_its_line(root: Path, breach: Breach) -> None:
    copy_lesson(root / "curso", "la-otra")
    breach.edit(root)
    catalogue = load_catalogue(root)
    found = [one for one in catalogue.problems if one.code == breach.code and one.path == root / breach.file]
    assert found, [str(one) for one in catalogue.problems]
    assert found[0].message.es != found[0].message.en
    if breach.line:
        assert found[0].line is not None
        text = (root / breach.file).read_bytes().decode("utf-8", "replace").split("\n")
        assert "\n".join(text[found[0].line - 1 :]).startswith(breach.line) or breach.line in text[found[0].line - 1]
    if breach.file.startswith(LESSON):
        is_served = catalogue.find_lesson("curso", "mi-leccion") is not None
        assert is_served is not RULES[breach.code].is_grave


@pytest.mark.parametrize(
    "breach", [one for one in BREACHES if one.file.startswith(LESSON)][::7], ids=lambda one: one.code
)
def test_a_broken_lesson_leaves_the_others(root: Path, breach: Breach) -> None:
    copy_lesson(root / "curso", "la-otra")
    breach.edit(root)
    assert load_catalogue(root).find_lesson("curso", "la-otra") is not None


def test_every_rule_has_a_case_that_breaks_it() -> None:
    elsewhere = {code for code, rule in RULES.items() if rule.is_advice} | {"circular-course"}  # in test_advice.py
    assert {one.code for one in BREACHES} == set(RULES) - elsewhere
