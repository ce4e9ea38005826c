"""A text that is written in one language makes the other older, whatever else is done to the lesson."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.changes import apply_change
from courses.complaints import Complaints
from courses.files import read_folder
from courses.lesson_edits import read_texts
from courses.loader import load_datasets
from courses.model import Language
from courses.refusals import Refused
from courses.sources import Files
from courses.translation import Ages, bilingual_texts, stale_keys, translation_ages

DATASETS = load_datasets(SHIPPED / "datasets")[0]
GROUP: Files = read_folder(SHIPPED / "analisis-con-pandas" / "agrupar", Complaints()).contents
FIRST = translation_ages(None, GROUP, {}, 1)


def after(files: Files, ages: Ages, number: int, do: str, **fields: Any) -> tuple[Files, Ages]:
    changed = apply_change(files, {"do": do, **fields}, DATASETS)
    return changed, translation_ages(files, changed, ages, number)


def place(files: Files, id: str, language: Language = "es") -> int:
    return next(at for at, one in enumerate(read_texts(files)[language]) if one.id == id)


def test_a_translated_lesson_has_nothing_stale() -> None:
    assert stale_keys(FIRST) == ()
    assert {"section:clave", "exercise:cinco-ramos", "code:total-por-anio", "sheet:summary", "text-top-1"} <= set(FIRST)
    assert {
        "exercise:cinco-ramos:checks.datos.title",
        "exercise:cinco-ramos:hints.0",
        "exercise:cinco-ramos:starter",
    } <= set(FIRST)


def test_a_text_that_is_written_in_spanish_leaves_the_english_one_behind() -> None:
    files, ages = after(GROUP, FIRST, 2, "block.change", language="es", index=1, body="Otra entrada.")
    assert ages["text-top-1"] == {"es": 2, "en": 1}
    assert stale_keys(ages) == ("text-top-1",)
    _, ages = after(files, ages, 3, "block.change", language="en", index=1, body="Another beginning.")
    assert ages["text-top-1"] == {"es": 2, "en": 3}
    assert stale_keys(ages) == ("text-top-1",)


def test_a_text_that_moves_keeps_its_ages() -> None:
    files, ages = after(GROUP, FIRST, 2, "block.change", language="es", index=place(GROUP, "clave"),
                        body="## Agrupa por clave\n\nOtras palabras.")  # fmt: skip
    assert stale_keys(ages) == ("section:clave",)
    _, ages = after(files, ages, 3, "block.move", language="es", index=place(files, "clave"), to=3)
    assert ages["section:clave"] == {"es": 2, "en": 1}
    note = next(at for at, one in enumerate(read_texts(GROUP)["es"]) if one.kind == "note")
    files, ages = after(GROUP, FIRST, 2, "block.change", language="en", index=note, body="Other words.")
    old = stale_keys(ages)[0]
    _, ages = after(files, ages, 3, "block.move", language="es", index=note, to=note + 3)
    assert len(stale_keys(ages)) == 1
    assert stale_keys(ages)[0] != old


def test_code_that_is_the_same_in_both_languages_is_never_stale() -> None:
    index = place(GROUP, "total-por-anio")
    _, ages = after(GROUP, FIRST, 2, "block.change", language="es", index=index, body="por_anio = 1")
    assert ages["code:total-por-anio"] == {"es": 2, "en": 2}
    assert stale_keys(ages) == ()


def test_a_check_that_is_renamed_keeps_its_ages() -> None:
    path = ["exercises", "total-de-un-ramo", "checks", "total"]
    files, ages = after(GROUP, FIRST, 2, "sheet.set", path=[*path, "title", "es"], value="Otro título")
    assert stale_keys(ages) == ("exercise:total-de-un-ramo:checks.total.title",)
    _, ages = after(files, ages, 3, "sheet.set", path=[*path, "id"], value="suma")
    assert ages["exercise:total-de-un-ramo:checks.suma.title"] == {"es": 2, "en": 1}


def test_a_text_that_was_not_translated_yet_is_stale_until_somebody_confirms_it() -> None:
    body = "Éstas son varias palabras nuevas."
    index = place(GROUP, "total-por-anio")
    files, ages = after(GROUP, FIRST, 2, "block.insert", language="es", index=index, kind="section",
                        title={"es": "Otra"}, es=body)  # fmt: skip
    assert stale_keys(ages) == ("section:otra",)
    confirmed = {**ages, "section:otra": {"es": 2, "en": 2}}
    _, ages = after(files, confirmed, 3, "block.change", language="es", index=1, body="Hola.")
    assert stale_keys(ages) == ("text-top-1",)


def test_what_cannot_be_read_has_no_ages() -> None:
    assert bilingual_texts({}) == {}
    assert bilingual_texts({"lesson.yaml": b"\xff", "lesson.es.md": b"\xff", "notes.yaml": b"[1"}) == {}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["es", "en"])), max_size=5))
def test_only_what_was_written_changes_its_age(writings: list[tuple[int, Language]]) -> None:
    files, ages = GROUP, FIRST
    for number, (index, language) in enumerate(writings, 2):
        try:
            changed = apply_change(
                files, {"do": "block.change", "language": language, "index": index, "body": f"n = {number}"}, DATASETS
            )
        except Refused:
            continue
        new = translation_ages(files, changed, ages, number)
        texts = (bilingual_texts(files), bilingual_texts(changed))
        assert list(new) == list(texts[1])
        for key in new:
            if texts[0].get(key) == texts[1][key]:
                assert new[key] == ages[key]
            else:
                assert number in new[key].values()
        files, ages = changed, new
