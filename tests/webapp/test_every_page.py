"""Every page, for every role, in both languages, over the shipped courses: it is there and it is well made."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.bare import bare_app
from support.forks import STARTER, a_fork, write_file
from support.marks import a_mark
from support.webclient import School, open_school
from werkzeug.routing import Rule

from courses import Catalogue
from graders import Proof, image_version
from webapp.access import Permission, may
from webapp.services.classes import service as classes
from webapp.services.cohorts import service as cohorts
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import suggestions
from webapp.services.people.records import Person, Role
from webapp.services.regrades import service as regrades
from webapp.services.regrades.records import Scope
from webapp.services.submissions.records import ExerciseKey
from webapp.store import Sessions
from webapp.ui.doors import door_of

COURSE, WRITTEN = "analisis-con-pandas", "otro-curso"
# Pages that need something which is not there without kernels, or which are made for one person once.
NOT_PAGES = {
    "learn.environment_table",
    "learn.runs_show",
    "account.password_renew",
    "account.invitation_show",
    "teach.imports_show",
    "teach.manuscripts_proof",
    "teach.guides_show",
    "static",
}
# What these name is not what the others do.
ELSEWHERE: Mapping[str, Mapping[str, object]] = {
    "teach.written_courses_show": {"course_id": WRITTEN},
    "teach.exports_schema": {"name": "lesson"},
    "teach.forks_manuscript_show": {"manuscript_id": 1},
    "teach.exports_notebook": {"language": "es"},
}
MOVES_ON = {"account.sign_in", "account.sign_up", "teach.classes_unnamed"}


@pytest.fixture
def shipped(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    """The site with the shipped courses, a cohort with one learner, and a person of each role."""
    return open_school(sqlite_sessions, tmp_path / "home", catalogue)


def a_cohort(school: School, trainer: Person, learner: Person) -> int:
    with school.aula.sessions.write() as session:
        now = school.clock()
        cohort = cohorts.make_cohort(session, actor=trainer, name="Lunes", course_id=COURSE, now=now)
        cohorts.join(session, actor=learner.id, code=cohort.code, now=now)
    return int(cohort.id)


def an_attempt_at(school: School, learner: Person, catalogue: Catalogue) -> int:
    """A graded attempt at the course's first exercise."""
    lesson = catalogue.courses[0].lessons[0]
    return int(a_mark(school, learner, key=ExerciseKey(COURSE, lesson.id, lesson.exercises[0].id)).id)


def a_regrade(school: School, trainer: Person) -> int:
    """A dry run over what the trainer's cohort handed in."""
    with school.aula.sessions.write() as session:
        (cohort,) = cohorts.list_cohorts(session, trainer_id=trainer.id)
        scope = Scope(COURSE, cohort_id=cohort.id)
        catalogue, now = school.aula.catalogue, school.clock()
        return int(regrades.start(session, catalogue, scope, actor=int(trainer.id), now=now).id)


def a_class(school: School, cohort_id: int, catalogue: Catalogue) -> int:
    """A class of the cohort at the course's first lesson."""
    with school.aula.sessions.write() as session:
        cohort, lesson_id = cohorts.get_cohort(session, cohort_id), catalogue.courses[0].lessons[0].id
        actor, now = cohort.trainer_id, school.clock()
        return int(classes.start(session, actor=actor, cohort=cohort, lesson_id=lesson_id, now=now).id)


def a_workshop(school: School, trainer: Person) -> dict[str, object]:
    """What addresses of the workshop name: a fork of the trainer's own lesson, its first version, a suggestion."""
    pair = a_fork(school, trainer, trainer)
    write_file(school, pair.fork, trainer, STARTER, "mio = 1\n")
    with school.aula.sessions.write() as session:
        sent = suggestions.suggest(
            session,
            pair.fork.id,
            actor_id=int(trainer.id),
            words="Otro punto de partida",
            path="/x",
            now=school.clock(),
        )
    return {"manuscript_id": int(pair.fork.id), "number": 1, "suggestion_id": int(sent.id)}


def a_proof(school: School) -> str:
    """The token of a kept proof of the course's first lesson."""
    catalogue = school.aula.catalogue
    lesson = catalogue.courses[0].lessons[0]
    proof = Proof(COURSE, lesson.id, lesson.version, school.clock(), image_version(), (), ())
    with school.aula.sessions.write() as session:
        return manuscripts.keep_proof(session, catalogue, lesson, proof, seconds=1.0).token


def page_rules() -> list[Rule]:
    rules = bare_app().url_map.iter_rules()
    return [one for one in rules if "GET" in (one.methods or ()) and one.endpoint not in NOT_PAGES]


def paths(rule: Rule, catalogue: Catalogue, numbers: Mapping[str, object]) -> list[str]:
    """The addresses that a rule stands for: for a lesson's those of every lesson, for a dataset's of every dataset."""
    known = {"course_id": COURSE, **numbers, **ELSEWHERE.get(rule.endpoint, {})}
    lessons = [{"lesson_id": one.id, "exercise_id": one.exercises[0].id} for one in catalogue.courses[0].lessons]
    files = [{"name": one.name, "file": one.resources[0].path.name} for one in catalogue.datasets]
    is_data = "name" in rule.arguments and "name" not in known
    given = lessons if "lesson_id" in rule.arguments else files if is_data else [{}]
    if "cell_id" in rule.arguments:
        given = [{**given[0], "cell_id": given[0]["exercise_id"]}]
    built = [rule.build({**known, **one}, append_unknown=False) for one in given]
    return [one[1] for one in built if one is not None]


@pytest.mark.parametrize("role", ["visitor", "learner", "trainer", "manager", "admin"])
def test_every_page_is_there_for_who_may_see_it(shipped: School, catalogue: Catalogue, role: str) -> None:
    trainer, learner = shipped.person("trainer", institution="Salud"), shipped.person(institution="Salud")
    numbers: dict[str, object] = {
        "cohort_id": a_cohort(shipped, trainer, learner),
        "learner_id": int(learner.id),
        "person_id": int(learner.id),
        "submission_id": an_attempt_at(shipped, learner, catalogue),
        "regrade_id": a_regrade(shipped, trainer),
    }
    numbers |= {"class_id": a_class(shipped, int(str(numbers["cohort_id"])), catalogue), "token": a_proof(shipped)}
    numbers |= a_workshop(shipped, trainer)
    person = person_of(shipped, role, trainer, learner)
    pages = shipped.browser(person)
    wrong = []
    for rule in page_rules():
        asked = door_of(bare_app(), rule.endpoint)
        if isinstance(asked, Permission) and not may(person, asked):
            continue
        expected = 503 if rule.endpoint == "api.ready_show" else 302 if person and rule.endpoint in MOVES_ON else 200
        for path in paths(rule, catalogue, numbers):
            for prefix in ("", "/en"):
                status = pages.get(prefix + path).status_code
                if status != expected:
                    wrong.append((prefix + path, status))
    assert wrong == []


def person_of(school: School, role: str, trainer: Person, learner: Person) -> Person | None:
    roles: dict[str, Role] = {"manager": "manager", "admin": "admin"}
    if role in roles:
        return school.person(roles[role], institution="Salud")
    return {"trainer": trainer, "learner": learner}.get(role)


def test_links_of_the_public_pages_lead_somewhere(shipped: School) -> None:
    """Followed as a visitor does, from the home page on, in both languages."""
    pages, seen, ahead = shipped.browser(), set[str](), ["/", "/en/"]
    broken = []
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = pages.get(path)
        if answer.status_code not in (200, 302):
            broken.append((path, answer.status_code))
        if answer.mimetype == "text/html":
            ahead += [
                one.partition("#")[0]
                for one in re.findall(r'<a [^>]*href="(/[^"]*)"', answer.text.replace("&amp;", "&"))
            ]
    assert broken == []
    assert len(seen) > 40


def test_english_pages_speak_english(shipped: School) -> None:
    """Words of the frame that Spanish pages have and English ones must not."""
    pages = shipped.browser(shipped.person("admin"))
    for path in ("/", "/datos", "/avance", "/cuenta", "/grupos", "/administracion", "/ayuda", "/ayuda/atajos"):
        english = re.sub(r"<script.*?</script>", "", pages.get(f"/en{path}").text, flags=re.S)
        for word in ("Cursos", "Mi avance", "Administración", "Salir", "Ayuda", "Accesibilidad"):
            assert f">{word}<" not in english, (path, word)
