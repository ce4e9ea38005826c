"""The lesson editor without scripts and as its scripts ask: what is written is saved, and never over somebody else."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.manuscripts import a_manuscript
from support.pageforms import PageForm, forms_of
from support.webclient import PAGE, Pages, School, look_at
from support.workshop import a_workshop, files_in, lesson_files
from werkzeug.test import TestResponse

from courses import apply_change, load_from_files
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions
from webapp.teach.editor_forms import read_changes

EXERCISE = "mas-nacimientos"


class Bench:
    """A lesson in preparation, its author's browser, and the addresses of both."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.author: Person = school.person("trainer")
        self.manuscript: Manuscript = a_manuscript(school, self.author, files=lesson_files(school))
        self.pages: Pages = school.browser(self.author)
        self.base = f"/taller/{self.manuscript.id}"

    def page(self) -> str:
        answer = self.pages.get(self.base)
        assert answer.status_code == 200
        return answer.text

    def head(self) -> int:
        with self.school.aula.sessions.read() as session:
            return manuscripts.get_manuscript(session, self.manuscript.id).head

    def files(self) -> dict[str, bytes]:
        return files_in(self.school, self.manuscript)

    def text(self, name: str) -> str:
        return self.files()[name].decode()

    def submit(self, base: int | None = None, /, **fields: str) -> TestResponse:
        """Send a form of the page, with nothing but what a browser without scripts would send."""
        sent = {**fields, "base": str(base or self.head()), "csrf_token": self.pages.token()}
        answer = self.pages.client.post(f"{self.base}/cambios", data=sent, headers=PAGE)
        look_at(answer, self.base)
        return answer

    def ask(self, fields: Mapping[str, str], base: int | None = None, marks: list[str] | None = None) -> TestResponse:
        body = {"base": base or self.head(), "fields": dict(fields), "marks": marks or []}
        return self.pages.send("POST", f"{self.base}/cambios", body)

    def form(self, block: str, name: str) -> PageForm:
        """A form of a block of the page that saves itself."""
        inside = self.page().split(f'id="block-{block}"')[1].split('<section class="block"')[0]
        return next(one for one in forms_of(inside) if one.facts.get("data-form") == name)

    def is_good(self) -> bool:
        return self.complaints(self.files()) == []

    def complaints(self, files: Mapping[str, bytes]) -> list[str]:
        """What keeps the lesson of these files from being taught."""
        datasets = {one.name: one for one in self.school.aula.catalogue.datasets}
        lesson, problems = load_from_files(files, "mi-curso", datasets, lesson_id="agrupar")
        found = [str(one) for one in problems if not one.is_advice]
        return found if lesson is not None else [*found, "no lesson"]


@pytest.fixture
def bench(sqlite_sessions: Sessions, tmp_path: Path) -> Bench:
    return Bench(a_workshop(sqlite_sessions, tmp_path))


def keys_of(answer: TestResponse) -> list[str]:
    return [one["key"] for one in answer.json["blocks"]]


def test_every_field_sent_back_as_it_stands_changes_nothing(bench: Bench) -> None:
    """The page says of the lesson what the lesson says: what it shows, it can take back, for every kind of exercise."""
    before = bench.files()
    forms = [one for one in forms_of(bench.page()) if "data-form" in one.facts and one.fields["do"] != "check.add"]
    assert len(forms) > 40
    datasets = {one.name: one for one in bench.school.aula.catalogue.datasets}
    for form in forms:
        for change in read_changes(form.fields, before):
            assert apply_change(before, change, datasets) == before, change


def test_a_change_without_scripts_is_a_version_and_comes_back_to_its_block(bench: Bench) -> None:
    form = bench.form("section-mirar", "body-es")
    answer = bench.submit(**{**form.fields, "body": form.fields["body"] + "\n\nUna línea más."})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{bench.base}#block-section-mirar")
    assert "Una línea más." in bench.text("lesson.es.md")
    assert bench.head() == 2
    assert "versión 2" in bench.page()


def test_a_script_hears_only_of_the_blocks_that_changed(bench: Bench) -> None:
    first = bench.ask({"do": "fields.set", "exercise": EXERCISE, "path": f'["exercises", "{EXERCISE}"]'})
    marks = [one["mark"] for one in first.json["blocks"]]
    title = bench.form(f"exercise-{EXERCISE}", "title").fields
    answer = bench.ask({**title, "v:title.es": "Otro título"}, marks=marks)
    assert [one["key"] for one in answer.json["blocks"] if "html" in one] == [f"exercise-{EXERCISE}"]
    assert answer.json["number"] == 2
    assert "Otro título" in next(one["entry"] for one in answer.json["blocks"] if "html" in one)


def test_what_cannot_be_saved_says_why_and_keeps_what_was_written(bench: Bench) -> None:
    form = bench.form(f"exercise-{EXERCISE}", "facts")
    written = {**form.fields, "v:points#number": "muchos"}
    page = bench.submit(**written)
    assert page.status_code == 422
    assert "«muchos» no es un número" in page.text
    assert ">\nmuchos</textarea>" in page.text
    answer = bench.ask(written)
    assert answer.status_code == 422
    assert answer.json["field"] == "v:points#number"
    assert bench.head() == 1


def test_a_text_that_would_swallow_its_neighbours_is_refused(bench: Bench) -> None:
    answer = bench.ask(
        {"do": "block.change", "block": "section-mirar", "language": "es", "body": "## Mirar\n\n:::{note}\nsin fin"}
    )
    assert answer.status_code == 422
    assert answer.json["detail"]
    assert bench.head() == 1


def test_two_authors_in_different_parts_are_joined(bench: Bench) -> None:
    bench.ask(
        {"do": "fields.set", "exercise": EXERCISE, "path": f'["exercises", "{EXERCISE}"]', "v:minutes#number": "4"}
    )
    form = bench.form("section-leer", "body-es").fields
    answer = bench.ask({**form, "body": form["body"] + "\n\nMío."}, base=1)
    assert answer.status_code == 200
    assert answer.json["was_merged"] is True
    assert "Mío." in bench.text("lesson.es.md")
    assert "minutes: 4" in bench.text("lesson.yaml")


def test_two_authors_in_one_part_see_both_texts_and_nothing_is_overwritten(bench: Bench) -> None:
    form = bench.form("section-leer", "body-es").fields
    bench.ask({**form, "body": form["body"] + "\n\nLo de ella."}, base=1)
    mine = {**form, "body": form["body"] + "\n\nLo mío."}
    answer = bench.ask(mine, base=1)
    assert answer.status_code == 409
    assert answer.json["code"] == "overtaken"
    assert "Lo mío." in answer.json["parts"][0]["ours"]
    assert "Lo de ella." in answer.json["parts"][0]["theirs"]
    page = bench.submit(1, **{name: value for name, value in mine.items() if name != "base"})
    assert page.status_code == 409
    assert "Lo mío." in page.text
    assert "Lo de ella." in page.text
    assert "Lo mío." not in bench.text("lesson.es.md")
    again = next(one for one in forms_of(page.text) if one.action.endswith("/cambios")).fields
    assert (
        bench.submit(int(again["base"]), **{name: value for name, value in again.items() if name != "base"}).status_code
        == 303
    )
    assert "Lo mío." in bench.text("lesson.es.md")


BROKEN = b"id: mi-leccion\ntitle: {es: [\nminutes: 8\n"


def test_a_broken_lesson_opens_with_its_complaint_and_can_be_mended(bench: Bench) -> None:
    good = bench.text("lesson.yaml")
    with bench.school.aula.sessions.write() as session:
        manuscripts.save_files(
            session, bench.manuscript.id, actor_id=int(bench.author.id), base=1,
            files={**bench.files(), "lesson.yaml": BROKEN}, what={"do": "import"}, now=bench.school.clock(),
        )  # fmt: skip
    page = bench.page()
    assert "title: {es: [" in page
    assert re.search(r"Línea \d", page)
    assert bench.pages.get(f"{bench.base}/vista").status_code == 200
    assert bench.submit(do="file.write", name="lesson.yaml", text=good).status_code == 303
    assert 'id="block-section-mirar"' in bench.page()


@pytest.mark.parametrize(
    "kind",
    ["text", "section", "code", "note", "exercise:code", "exercise:choice", "exercise:order", "exercise:match",
     "exercise:number", "exercise:text"],
)  # fmt: skip
def test_a_block_of_each_kind_goes_after_the_one_that_is_named(bench: Bench, kind: str) -> None:
    before = keys_of(bench.ask({"do": "fields.set", "path": "[]"}))
    answer = bench.ask({"do": "block.insert", "kind": kind, "after": "section-mirar"})
    assert answer.status_code == 200, answer.text
    added = [key for key in keys_of(answer) if key not in before]
    assert len(added) <= 1
    assert bench.is_good()
    assert bench.pages.get(bench.base).status_code == 200


def test_blocks_are_copied_moved_and_deleted_by_their_names(bench: Bench) -> None:
    order = keys_of(bench.ask({"do": "fields.set", "path": "[]"}))
    copied = keys_of(bench.ask({"do": "block.copy", "block": f"exercise-{EXERCISE}"}))
    new = next(key for key in copied if key not in order)
    assert new.startswith("exercise-")
    to_end = keys_of(bench.ask({"do": "block.move", "block": new, "before": "end"}))
    assert to_end[-1] == new
    up = keys_of(bench.ask({"do": "block.move", "block": new, "step": "-1"}))
    assert up.index(new) == len(up) - 2
    assert new not in keys_of(bench.ask({"do": "block.delete", "block": new}))
    assert bench.is_good()


def test_a_block_that_is_no_more_is_said_to_be_gone(bench: Bench) -> None:
    answer = bench.ask({"do": "block.move", "block": "exercise-ninguno", "step": "1"})
    assert answer.status_code == 422
    assert "ya no está" in answer.json["detail"]


def test_a_check_is_written_as_a_sentence(bench: Bench) -> None:
    form = bench.form(f"exercise-{EXERCISE}", "check-anio").fields
    answer = bench.ask({**form, "f:name": "otro_nombre", "v:message.es?": "Mira bien.", "v:message.en?": "Look well."})
    assert answer.status_code == 200, answer.text
    sheet = bench.text("lesson.yaml")
    assert "name: otro_nombre" in sheet
    assert "Mira bien." in sheet


def test_another_kind_of_check_begins_with_examples(bench: Bench) -> None:
    form = bench.form(f"exercise-{EXERCISE}", "check-anio").fields
    kept = {name: value for name, value in form.items() if not name.startswith("f:")}
    answer = bench.ask({**kept, "kind": "table"})
    assert answer.status_code == 200, answer.text
    assert "kind: table" in bench.text("lesson.yaml")


@pytest.mark.parametrize("kind", ["value", "table", "chart", "code", "tests", "text", "collection", "function", "file"])
def test_a_check_of_each_kind_can_be_added(bench: Bench, kind: str) -> None:
    answer = bench.ask({"do": "check.add", "exercise": EXERCISE, "kind": kind})
    assert answer.status_code == 200, answer.text
    assert f"kind: {kind}" in bench.text("lesson.yaml")
    assert bench.pages.get(bench.base).status_code == 200


def test_every_button_that_adds_a_part_leaves_a_lesson_without_complaints(bench: Bench) -> None:
    before = bench.files()
    adding = [
        one
        for one in forms_of(bench.page())
        if one.facts.get("data-act-form") in ("item.insert", "wrong.add", "file.write")
    ]
    assert len(adding) > 10
    for form in adding:
        assert bench.complaints(made(bench, before, form)) == [], form.fields


def test_every_button_that_moves_a_part_moves_it(bench: Bench) -> None:
    before = bench.files()
    moving = [one for one in forms_of(bench.page()) if one.facts.get("data-act-form") == "item.move"]
    assert len(moving) > 10
    for form in moving:
        assert made(bench, before, form) != before, form.fields


def made(bench: Bench, files: Mapping[str, bytes], form: PageForm) -> Mapping[str, bytes]:
    """The files after the changes that a form asks for."""
    datasets = {one.name: one for one in bench.school.aula.catalogue.datasets}
    return apply_change(files, {"do": "together", "changes": list(read_changes(form.fields, files))}, datasets)


def test_a_wrong_answer_goes_with_its_file(bench: Bench) -> None:
    bench.ask({"do": "wrong.add", "exercise": EXERCISE})
    assert f"exercises/{EXERCISE}/wrong/error.py" in bench.files()
    path = f'["exercises", "{EXERCISE}", "wrong_answers", "error"]'
    bench.ask({"do": "item.remove", "exercise": EXERCISE, "path": path})
    assert f"exercises/{EXERCISE}/wrong/error.py" not in bench.files()


def test_an_english_text_that_is_older_than_the_spanish_is_marked_until_somebody_says_it_holds(bench: Bench) -> None:
    form = bench.form("section-leer", "body-es").fields
    bench.ask({**form, "body": form["body"] + "\n\nNuevo."})
    page = bench.page()
    assert "La traducción es anterior" in page
    done = next(one for one in forms_of(page) if one.facts.get("data-act-form") == "translation.done").fields
    bench.ask({name: value for name, value in done.items() if name not in ("csrf_token", "base")})
    assert "La traducción es anterior" not in bench.page()


def test_a_note_for_who_teaches_is_written_at_its_block_and_learners_do_not_see_it(bench: Bench) -> None:
    note = bench.form("section-leer", "note").fields
    answer = bench.ask({**note, "es": "Deja que lo discutan.", "en": "Let them discuss it."})
    assert answer.status_code == 200, answer.text
    assert "Deja que lo discutan." in bench.text("notes.yaml")
    assert bench.form("section-leer", "note").fields["en"] == "Let them discuss it."
    assert "Deja que lo discutan." not in bench.pages.get(f"{bench.base}/vista").text
    assert bench.is_good()


def test_what_an_author_writes_is_shown_as_written(bench: Bench) -> None:
    title = bench.form(f"exercise-{EXERCISE}", "title").fields
    bench.ask({**title, "v:title.es": '{{ 7*7 }} <script>alert(1)</script> "'})
    page = bench.page()
    assert "{{ 7*7 }} &lt;script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "<script>alert(1)" not in bench.pages.get(f"{bench.base}/vista").text


def test_only_authors_may_see_or_change_a_lesson(bench: Bench) -> None:
    stranger = bench.school.browser(bench.school.person("trainer"))
    learner = bench.school.browser(bench.school.person("learner"))
    assert stranger.get(bench.base).status_code == 404
    assert learner.get(bench.base).status_code == 403
    assert stranger.send("POST", f"{bench.base}/cambios", {"base": 1, "fields": {}}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"base": 1}, {"base": "1", "fields": {}}, {"base": 99, "fields": {"do": "block.copy"}},
     {"base": 1, "change": {"do": "nada"}}, {"base": 1, "fields": {"do": "record.set", "path": "x"}},
     {"base": True, "fields": {"do": "block.copy"}}, {"base": 1, "fields": [1]}],
)  # fmt: skip
def test_a_request_that_is_none_of_ours_is_refused(bench: Bench, body: Any) -> None:
    assert bench.pages.send("POST", f"{bench.base}/cambios", body).status_code in (404, 422)
    assert bench.head() == 1
