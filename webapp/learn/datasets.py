"""Pages of the datasets: the list, one dataset, its data package and its files."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, jsonify, render_template, request, send_from_directory

from courses import Catalogue, Dataset, Language
from webapp.learn import blueprint, dataset_pages
from webapp.ui.citation import cite
from webapp.ui.context import current_aula
from webapp.ui.doors import public
from webapp.ui.highlight import highlight_python
from webapp.ui.search import matches
from webapp.ui.urls import url


@blueprint.get("/datos")
@public
def datasets_list() -> str:
    query = request.args.get("q", "").strip()[:100]
    found = [one for one in current_aula().catalogue.datasets if matches(query, *searched(one))]
    cards = [
        {
            "href": url("learn.datasets_show", name=one.name),
            "title": one.title.for_language(g.language),
            "description": one.description,
            "publisher": one.publisher,
            "is_intact": one.is_intact,
        }
        for one in found
    ]
    return render_template("learn/datasets/list.html", datasets=cards, query=query)


@blueprint.get("/datos/<name>")
@public
def datasets_show(name: str) -> str:
    dataset = get_dataset(name)
    return render_template(
        "learn/datasets/show.html", dataset=dataset_page(dataset, current_aula().catalogue, g.language)
    )


@blueprint.get("/datos/<name>/datapackage.json")
@public
def datasets_package(name: str) -> Response:
    return send_from_directory(get_dataset(name).folder, "datapackage.json", mimetype="application/json")


@blueprint.get("/datos/<name>/dcat.json")
@public
def datasets_dcat(name: str) -> Response:
    dataset = get_dataset(name)
    response = jsonify(dataset_pages.dcat(dataset, g.language, **addresses(dataset)))
    response.mimetype = "application/ld+json"
    return response


@blueprint.get("/datos/<name>/archivos/<file>")
@public
def datasets_file(name: str, file: str) -> Response:
    """A file that the package names and whose bytes are those it states; nothing else of the folder."""
    dataset = get_dataset(name)
    resource = next((one for one in dataset.resources if one.path.name == file and one.is_intact), None)
    if resource is None:
        abort(404)
    return send_from_directory(
        resource.path.parent,
        resource.path.name,
        mimetype=dataset_pages.media_type(resource),
        as_attachment=True,
    )


def get_dataset(name: str) -> Dataset:
    dataset = current_aula().catalogue.find_dataset(name)
    if dataset is None:
        abort(404)
    return dataset


def searched(dataset: Dataset) -> tuple[str, ...]:
    return (
        dataset.name,
        dataset.title.es,
        dataset.title.en,
        dataset.description,
        dataset.publisher,
        *dataset.keywords,
    )


def addresses(dataset: Dataset) -> Mapping[str, Any]:
    """Absolute addresses of the dataset's page and files, for records that travel."""
    files = [
        (one, url("learn.datasets_file", name=dataset.name, file=one.path.name, _external=True))
        for one in dataset.resources
        if one.is_intact
    ]
    return {"address": url("learn.datasets_show", name=dataset.name, _external=True), "files": files}


def dataset_page(dataset: Dataset, catalogue: Catalogue, language: Language) -> Mapping[str, Any]:
    places = addresses(dataset)
    return {
        "title": dataset.title.for_language(language),
        "description": dataset.description,
        "is_intact": dataset.is_intact,
        "publisher": dataset.publisher,
        "publisher_href": dataset.publisher_path,
        "licences": [dataset_pages.licence_line(one) for one in dataset.licences],
        "temporal": dataset.temporal.replace("/", " – "),
        "spatial": dataset.spatial,
        "version": dataset.version,
        "created": dataset.created[:10],
        "sources": dataset.sources,
        "caveats": dataset.caveats,
        "lessons": lessons_with(dataset, catalogue, language),
        "files": [
            dataset_pages.file_page(one, url("learn.datasets_file", name=dataset.name, file=one.path.name))
            for one in dataset.resources
        ],
        "citation": cite(dataset, language, places["address"]),
        "package_href": url("learn.datasets_package", name=dataset.name),
        "dcat_href": url("learn.datasets_dcat", name=dataset.name),
        "json_ld": dataset_pages.schema_org(dataset, language, **places),
        "snippet": highlight_python(f'import aula\n\ntabla = aula.datos("{dataset.name}")'),
    }


def lessons_with(dataset: Dataset, catalogue: Catalogue, language: Language) -> list[Mapping[str, str]]:
    return [
        {
            "href": url("learn.lessons_show", course_id=course.id, lesson_id=lesson.id),
            "title": lesson.title.for_language(language),
        }
        for course in catalogue.courses
        for lesson in course.lessons
        if any(pin.name == dataset.name for pin in lesson.datasets)
    ]
