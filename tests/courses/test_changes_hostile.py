"""Whatever is sent is done or refused: good changes keep a lesson good, and bad ones change nothing."""

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.changes import ACTS, apply_change
from courses.complaints import Complaints
from courses.files import LARGEST_TEXT, read_folder
from courses.lesson_edits import read_text, read_texts
from courses.loader import load_datasets
from courses.model import LANGUAGES
from courses.names import find_fault
from courses.refusals import Refused
from courses.schemas import read_schema
from courses.sheet_edits import read_sheet_value
from courses.sources import Files, load_from_files
from courses.text_pairs import keys

DATASETS = load_datasets(SHIPPED / "datasets")[0]
TEMPLATE: Files = read_folder(SHIPPED / "_template", Complaints()).contents
MATERIAL = ("lesson.yaml", "lesson.es.md", "lesson.en.md")
EXERCISES = [one["id"] for one in read_sheet_value(read_text(TEMPLATE, "lesson.yaml"))["exercises"]]

language = st.sampled_from(LANGUAGES)
index = st.integers(0, 14)
WORDS = st.sampled_from(["Un texto.", "Otro, con `código`.", "- una\n- lista", "# ¿Y ésto?", "Con «comillas»."])
TEXTS = st.fixed_dictionaries({"es": WORDS}, optional={"en": WORDS})
BLOCK = {"language": language, "index": index}


def a(do: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"do": st.just(do), **fields})


# What an editor sends while its writer makes no mistake; some are about places that are not there.
GOOD = st.one_of(
    a("block.move", **BLOCK, to=index),
    a("block.delete", **BLOCK),
    a("block.copy", **BLOCK),
    a("block.insert", **BLOCK, kind=st.just("section"), title=TEXTS, es=WORDS),
    a("block.insert", **BLOCK, kind=st.just("code"), source=st.sampled_from(["x = 1", "y = x + 1\ny", "1"])),
    a("block.insert", **BLOCK, kind=st.just("note"), name=st.sampled_from(["tip", "note"]), es=st.just("Ojo.")),
    a("block.insert", **BLOCK, kind=st.just("text"), es=st.just("Palabras."), en=st.just("Words.")),
    a(
        "block.insert",
        **BLOCK,
        kind=st.just("exercise"),
        exercise_kind=st.sampled_from(["code", "choice", "order", "match", "number", "text"]),
    ),
    a("block.insert", **BLOCK, kind=st.just("dataset"), name=st.sampled_from(sorted(DATASETS))),
    a("exercise.rename", id=st.sampled_from(EXERCISES), to=st.sampled_from(["uno", "dos", "mirar"])),
    a(
        "sheet.set",
        path=st.tuples(st.just("exercises"), st.sampled_from(EXERCISES), st.just("title")).map(list),
        value=st.just({"es": "Otro", "en": "Other"}),
    ),
    a("sheet.set", path=st.just(["exercises", "mas-nacimientos", "points"]), value=st.sampled_from([1, 2.5, 4])),
    a("image.alt", name=st.just("img/x.png"), alt=st.just({"es": "Una gráfica de barras"})),
    a(
        "note.set",
        key=st.sampled_from(["exercise:que-significa", "section:leer"]),
        es=st.just("Ojo."),
        en=st.just("Mind."),
    ),
    a("dataset.swap", **{"from": st.just("mx-estadisticas-vitales"), "to": st.sampled_from(sorted(DATASETS))}),
)


def grave(files: Files) -> list[str]:
    """The complaints about a lesson, but for those that a whole lesson earns by growing or shrinking."""
    _, problems = load_from_files(files, "curso", DATASETS, lesson_id="mi-leccion")
    return [str(one) for one in problems if one.code not in ("minutes", "heading-1", "stray-note", "quotes", "dashes")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(GOOD, min_size=1, max_size=6))
def test_good_changes_keep_a_lesson_good_and_both_languages_in_step(changes: list[dict[str, Any]]) -> None:
    files = TEMPLATE
    for one in changes:
        before = dict(files)
        try:
            files = apply_change(files, one, DATASETS)
        except Refused:
            assert files == before
        texts = read_texts(files)
        assert keys(texts["es"]) == keys(texts["en"])
    assert grave(files) == []


@settings(max_examples=40, deadline=None)
@given(place=index, words=st.text(max_size=40), language=language)
def test_words_of_a_block_touch_no_other_byte(place: int, words: str, language: Any) -> None:
    texts = read_texts(TEMPLATE)
    try:
        change = {"do": "block.change", "language": language, "index": place, "body": words}
        after = apply_change(TEMPLATE, change, DATASETS)
    except Refused:
        return
    blocks = texts[language]
    before, behind = "".join(one.raw for one in blocks[:place]), "".join(one.raw for one in blocks[place + 1 :])
    text = read_text(after, f"lesson.{language}.md")
    assert text.startswith(before)
    assert text.endswith(behind)
    changed = {name for name in after if after[name] != TEMPLATE[name]}
    assert changed <= {
        f"lesson.{language}.md",
        *(MATERIAL if blocks[place].kind != "text" or blocks[place].is_section else ()),
    }


NASTY = [
    None,
    True,
    -1,
    10**30,
    float("nan"),
    float("inf"),
    1.5,
    "",
    "x" * (LARGEST_TEXT + 1),
    "../../etc/passwd",
    "/etc/passwd",
    "lesson.yaml\0",
    "a\ud800b",
    "\x07",
    "\u202e",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "<script>alert(1)</script>",
    "&a [*a]",
    "!!python/object/apply:os.system ['x']",
    "```\n",
    ":::{exercise}\n:label: x\n",
    "---\nx: 1\n---",
    "(mirar)=\n## Otra",
    "```{code-cell} python\n1",
    "%TAG ! x",
    "con.py",
    "exercises",
    "img/x.svg",
    "<svg onload=alert(1)>",
    [],
    [[]],
    {},
    {"a": {}},
    {"es": 1},
    {"es": "x" * 5000},
    b"bytes",
    {1: 2},
    ["__proto__"],
    "__class__",
    ["exercises", 10**9],
    ["exercises", "mas-nacimientos", "checks"],
    ["id"],
    ["sections"],
    ["title"],
    ["minutes"],
    "PHN2Zz48L3N2Zz4=",
    "a" * 10_000,
]
FIELDS = sorted(
    {key for one in read_schema("change")["$defs"].values() for key in one.get("properties", {})} - {"do", "changes"}
)
anything = st.recursive(
    st.sampled_from(NASTY) | st.text(max_size=20) | st.integers() | st.sampled_from(EXERCISES),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=8,
)


@st.composite
def bad_changes(draw: st.DrawFn) -> Any:
    """A change with the right fields and anything in them, or with fields of its own."""
    do = draw(st.sampled_from(sorted(ACTS)))
    schema = read_schema("change")["$defs"][do]
    change: dict[str, Any] = {"do": do}
    for key in schema["properties"]:
        if key == "do" or (key not in schema["required"] and draw(st.booleans())):
            continue
        usual = {
            "language": language,
            "index": index,
            "to": index | st.sampled_from(["x", "mx-sismos-cdmx"]),
            "at": index,
            "kind": st.sampled_from(["text", "section", "code", "note", "exercise", "dataset"]),
            "path": st.lists(
                st.sampled_from(["exercises", "mas-nacimientos", "checks", "anio", "hints", 0, "title", "es", "name"]),
                max_size=5,
            ),
            "name": st.sampled_from(
                ["img/x.png", "exercises/mas-nacimientos/starter.py", "notes.yaml", "lesson.es.md", "tip"]
            ),
            "id": st.sampled_from(EXERCISES),
            "title": TEXTS | WORDS,
            "alt": TEXTS,
            "from": st.just("mx-estadisticas-vitales"),
        }.get(key, st.text(max_size=30))
        change[key] = draw(anything if draw(st.integers(0, 2)) == 0 else usual)
    return change


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bad_changes() | anything | st.fixed_dictionaries({"do": anything}))
def test_whatever_is_sent_is_done_or_refused(change: Any) -> None:
    before = dict(TEMPLATE)
    try:
        after = apply_change(TEMPLATE, change, DATASETS)
    except Refused:
        after = TEMPLATE
    assert isinstance(read_sheet_value(read_text(after, "lesson.yaml")), dict)
    assert all(find_fault(name) is None for name in after)
    grave(after)
    assert before == TEMPLATE


@pytest.mark.parametrize("do", sorted(ACTS))
def test_no_field_takes_what_it_should_not(do: str) -> None:
    fields = [key for key in read_schema("change")["$defs"][do]["required"] if key != "do"]
    for nasty in NASTY:
        with suppress(Refused):
            grave(apply_change(TEMPLATE, {"do": do, **dict.fromkeys(fields, nasty)}, DATASETS))


@pytest.mark.parametrize(
    "script",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](data:text/html,x)",
        "{{ config }}",
    ],
)
def test_a_script_in_a_text_is_words(script: str) -> None:
    change = {"do": "block.change", "language": "es", "index": 1, "body": script}
    after = apply_change(TEMPLATE, change, DATASETS)
    lesson, _ = load_from_files(after, "curso", DATASETS, lesson_id="mi-leccion")
    html = "" if lesson is None else "".join(getattr(one, "html", "") for one in lesson.blocks_es)
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    "raw",
    [
        b"<svg onload=alert(1)/>",
        b"<?xml?>",
        b"GIF8",
        b"",
        b"RIFFxxxxWAVE",
        b"\x89PNG\r\n\x1a\n" + b"0" * 300_000,
        b"MZ",
    ],
)
def test_a_picture_that_is_none_or_too_large_is_refused(raw: bytes) -> None:
    change = {
        "do": "image.add",
        "name": "x.png",
        "content_base64": base64.b64encode(raw).decode(),
        "language": "es",
        "index": 3,
        "alt": {"es": "Una gráfica"},
    }
    with pytest.raises(Refused):
        apply_change(TEMPLATE, change, DATASETS)


def test_a_picture_without_words_is_refused() -> None:
    content = base64.b64encode(b"\x89PNG\r\n\x1a\n0").decode()
    change = {
        "do": "image.add",
        "name": "x.png",
        "content_base64": content,
        "language": "es",
        "index": 3,
        "alt": {"es": " "},
    }
    with pytest.raises(Refused):
        apply_change(TEMPLATE, change, DATASETS)


@pytest.mark.parametrize(
    "name",
    [
        "../x.py",
        "/x.py",
        "a/../x.py",
        "con.py",
        "x\\y.py",
        "x.py/",
        "img/x.svg",
        "x.exe",
        ".hidden.py",
        "LESSON.YAML",
        "lesson.yaml/x.py",
        "exercises/mas-nacimientos.py/x/y/z/w/v.py",
        "exercises/mas-nacimientos/STARTER.py",
        "a:b.py",
    ],
)
def test_a_file_has_a_name_that_every_machine_takes(name: str) -> None:
    with pytest.raises(Refused):
        apply_change(TEMPLATE, {"do": "file.write", "name": name, "text": "x"}, DATASETS)


@pytest.mark.parametrize(
    "text",
    [
        "id: otra\n",
        "- 1\n",
        "x",
        "&a [*a]",
        "id: mi-leccion\nexercises: 5\n",
        "id: mi-leccion\nid: mi-leccion\n",
        "!!python/name:x y",
    ],
)
def test_a_sheet_stays_one_that_can_be_read(text: str) -> None:
    with pytest.raises(Refused):
        apply_change(TEMPLATE, {"do": "file.write", "name": "lesson.yaml", "text": text}, DATASETS)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["exercises"], "x"),
        (["exercises", 0], {}),
        (["exercises", 0, "id"], "x"),
        (["sections"], []),
        (["id"], "x"),
        (["minutes"], "muchos"),
        (["title"], "x"),
        (["title", "es"], {}),
        (["exercises", 0, "checks", 0, "kind"], "magia"),
        (["exercises", 0, "checks", 0, "points"], -1),
        (["otra"], 1),
        (["exercises", 0, "minutes"], True),
    ],
)
def test_a_sheet_keeps_its_form(path: list[Any], value: Any) -> None:
    with pytest.raises(Refused):
        apply_change(TEMPLATE, {"do": "sheet.set", "path": path, "value": value}, DATASETS)


def test_a_sheet_may_be_unfinished_while_it_is_written() -> None:
    after = apply_change(TEMPLATE, {"do": "sheet.set", "path": ["title", "en"], "value": ""}, DATASETS)
    assert read_sheet_value(read_text(after, "lesson.yaml"))["title"]["en"] == ""
    after = apply_change(
        after, {"do": "sheet.remove", "path": ["exercises", "mas-nacimientos", "checks", "anio"]}, DATASETS
    )
    assert "checks" not in read_sheet_value(read_text(after, "lesson.yaml"))["exercises"][0]


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "yes", "2024-01-01", "null", "- x", "a: b #c", "'", '"', "&a", "|", "1e5", "\u00a0", "~"]
)
def test_any_words_come_back_from_the_sheet_as_they_were_sent(text: str) -> None:
    after = apply_change(TEMPLATE, {"do": "sheet.set", "path": ["title", "es"], "value": text}, DATASETS)
    assert read_sheet_value(read_text(after, "lesson.yaml"))["title"]["es"] == text


def test_a_change_is_kept_as_json() -> None:
    """What a version remembers of a change is what was sent."""
    forms: Mapping[str, Any] = read_schema("change")["$defs"]
    assert set(forms["do"]["enum"]) == {*ACTS, "together"}
    assert json.dumps(forms)
