"""A regrade as its pages show it: what it is about, who gains and who loses, and a page of its attempts."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, request

from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.services.regrades import service as regrades
from webapp.services.regrades.forecast import forecast
from webapp.services.regrades.records import Item, Regrade
from webapp.teach.regrade_words import (
    RESULTS,
    change_lines,
    count_lines,
    exercise_titles,
    item_lines,
    result_words,
    scope_words,
    state_words,
)
from webapp.ui.context import current_aula
from webapp.ui.urls import url

ITEMS_A_PAGE = 50
# Longer lists than this are read in a spreadsheet; the page says so.
MOST_LINES = 200


def map_actors(found: Sequence[Regrade]) -> Mapping[int, Person]:
    """Those who began and applied them."""
    numbers = {number for one in found for number in (one.started_by, one.applied_by) if number is not None}
    return people.map_people(g.db, sorted(numbers))


def head_of(regrade: Regrade, actors: Mapping[int, Person]) -> Mapping[str, Any]:
    """What a regrade is about, and who began it."""
    scope = regrade.scope
    course = current_aula().catalogue.find_course(scope.course_id)
    return {
        "id": regrade.id,
        "href": url("teach.regrades_show", regrade_id=regrade.id),
        "scope": scope_words(scope, course, g.language),
        "cohort": regrade.cohort.name if regrade.cohort else "",
        "only_older": scope.only_older,
        "state": state_words(regrade.state),
        "started_by": actors[regrade.started_by].name if regrade.started_by is not None else "",
        "applied_by": actors[regrade.applied_by].name if regrade.applied_by is not None else "",
        "started_at": regrade.started_at,
        "applied_at": regrade.applied_at,
        "versions": [(name, one.version) for name, one in regrade.content.items()] if scope.lesson_id else [],
    }


def difference_view(regrade: Regrade) -> Mapping[str, Any]:
    """Who gains and who loses: marks that change, counts, and a page of the attempts, filtered as the address says."""
    aula = current_aula()
    items = regrades.list_items(g.db, regrade.id)
    names = people.map_people(g.db, list({one.learner_id for one in items}))
    titles = exercise_titles(aula.catalogue.find_course(regrade.scope.course_id), g.language)
    by_exercise, by_person = count_lines(items, names, titles)
    if regrade.state == "applied":
        kept = lowered = regrades.list_mark_changes(g.db, regrade.id)
    else:
        lowered = kept = forecast(g.db, aula.catalogue, regrade, items, never_lower=False)
        if any(one.state == "lose" for one in items):
            kept = forecast(g.db, aula.catalogue, regrade, items, never_lower=True)
    shown, number, last = take_items(items)
    return {
        "marks": change_lines(lowered, names, titles)[:MOST_LINES],
        "marks_total": len(lowered),
        "gaining": len({one.learner_id for one in kept if one.after_points > one.before_points}),
        "losing": len({one.learner_id for one in lowered if one.after_points < one.before_points}),
        "by_exercise": by_exercise,
        "by_person": by_person[:MOST_LINES],
        "people_total": len(by_person),
        "results": [(one, result_words(one)) for one in RESULTS],
        "chosen": chosen_result(),
        "items": item_lines(shown, names, titles),
        "page": number,
        "last": last,
        "page_link": lambda wanted: page_href(regrade, wanted),
    }


def page_href(regrade: Regrade, number: int) -> str:
    """Another page of the attempts, with the same filter."""
    chosen: dict[str, Any] = {"resultado": chosen_result()} if chosen_result() else {}
    return f"{url('teach.regrades_show', regrade_id=regrade.id, pagina=number, **chosen)}#attempts"


def chosen_result() -> str:
    """The result that the address asks for; "" for all."""
    wanted = request.args.get("resultado", "")
    return wanted if wanted in RESULTS else ""


def take_items(items: Sequence[Item]) -> tuple[Sequence[Item], int, int]:
    """A page of the attempts that are asked for, its number, and how many pages there are."""
    wanted = [one for one in items if chosen_result() in ("", one.state)]
    last = max(1, -(-len(wanted) // ITEMS_A_PAGE))
    number = min(max(1, request.args.get("pagina", 1, type=int)), last)
    return wanted[(number - 1) * ITEMS_A_PAGE : number * ITEMS_A_PAGE], number, last
