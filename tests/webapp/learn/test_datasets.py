"""Pages of the datasets: for people, for search engines, for catalogues of open data, and the files themselves."""

import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from support.practice import a_course, a_lesson
from support.webclient import Pages, School, open_school

from courses import Catalogue, Dataset, DatasetPin
from webapp.store import Sessions

NAME = "mx-presupuesto-cambio-climatico"


@pytest.fixture
def shipped(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", catalogue)


@pytest.fixture
def pages(shipped: School) -> Pages:
    return shipped.browser()


def json_ld(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    assert found
    return dict(json.loads(found[1]))


def test_every_dataset_tells_search_engines_what_it_is(catalogue: Catalogue, pages: Pages) -> None:
    """Source: https://schema.org/Dataset, and what search engines ask of it: name, description, licence, files."""
    assert len(catalogue.datasets) >= 11
    for dataset in catalogue.datasets:
        record = json_ld(pages.get(f"/datos/{dataset.name}").text)
        assert (record["@context"], record["@type"]) == ("https://schema.org/", "Dataset")
        assert record["name"]
        assert 50 <= len(record["description"]) <= 5000
        assert record["license"]
        assert record["creator"]["name"] == dataset.publisher
        assert record["url"].endswith(f"/datos/{dataset.name}")
        assert [one["sha256"] for one in record["distribution"]] == [one.sha256 for one in dataset.resources]
        assert all(pages.get(one["contentUrl"]).status_code == 200 for one in record["distribution"])


def test_every_dataset_has_a_dcat_record(catalogue: Catalogue, pages: Pages) -> None:
    """Source: https://www.w3.org/TR/vocab-dcat-3/."""
    for dataset in catalogue.datasets:
        answer = pages.get(f"/datos/{dataset.name}/dcat.json")
        assert answer.mimetype == "application/ld+json"
        record = answer.json
        assert record["@type"] == "dcat:Dataset"
        assert record["dct:identifier"] == dataset.name
        assert record["dct:publisher"]["foaf:name"] == dataset.publisher
        assert len(record["dcat:distribution"]) == len(dataset.resources)
        for file in record["dcat:distribution"]:
            assert file["dcat:downloadURL"]["@id"].startswith("http")
            assert file["dct:license"]


def test_the_package_and_its_files_are_served_as_they_are(catalogue: Catalogue, pages: Pages) -> None:
    for dataset in catalogue.datasets:
        package = pages.get(f"/datos/{dataset.name}/datapackage.json")
        assert package.mimetype == "application/json"
        assert package.data == (dataset.folder / "datapackage.json").read_bytes()
        for resource in dataset.resources:
            answer = pages.get(f"/datos/{dataset.name}/archivos/{resource.path.name}")
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert hashlib.sha256(answer.data).hexdigest() == resource.sha256


def test_a_page_names_source_licence_version_and_caveats(pages: Pages, catalogue: Catalogue) -> None:
    dataset = catalogue.find_dataset(NAME)
    assert dataset is not None
    page = pages.get(f"/datos/{NAME}").text
    for text in (dataset.publisher, dataset.licences[0].title, dataset.version, *dataset.caveats):
        assert str(text)[:40].replace("&", "&amp;") in page
    assert f'tabla = aula.datos("{NAME}")' in unescape(re.sub("<[^>]+>", "", page))


@pytest.mark.parametrize(
    "file", ["otro.csv", "datapackage.json", "..%2fdatapackage.json", "../datapackage.json", "%2fetc%2fpasswd"]
)
def test_only_files_that_the_package_names_are_served(pages: Pages, file: str) -> None:
    assert pages.get(f"/datos/{NAME}/archivos/{file}").status_code in (308, 404)


def test_datasets_are_found_by_their_words(pages: Pages, catalogue: Catalogue) -> None:
    found = pages.get("/datos?q=presupuesto+clim%C3%A1tico").text
    assert f'href="/datos/{NAME}"' in found
    assert "mx-sismos-cdmx" not in found
    assert f'href="/datos/{NAME}"' not in pages.get("/datos?q=no+hay+tal").text


def spoilt(catalogue: Catalogue) -> Dataset:
    """A dataset with a file whose bytes are not those that it states."""
    dataset = catalogue.find_dataset(NAME)
    assert dataset is not None
    first, *others = dataset.resources
    return replace(dataset, resources=(replace(first, is_intact=False), *others))


def test_a_lesson_does_not_run_on_data_that_were_changed(
    sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue
) -> None:
    dataset = spoilt(catalogue)
    lesson = replace(a_lesson(), datasets=(DatasetPin(NAME, dataset.version),))
    course = replace(a_course(), lessons=(lesson,))
    school = open_school(sqlite_sessions, tmp_path / "home", Catalogue((course,), (dataset,), ()))
    pages = school.browser(school.person())
    assert "están dañados" in pages.get("/cursos/curso/leccion").text
    for path, body in (
        ("celdas/primera/ejecutar", {"source": "x = 1", "base_version": 0}),
        ("ejercicios/suma/comprobar", {"source": "total = 3", "base_version": 0}),
    ):
        answer = pages.send("POST", f"/cursos/curso/leccion/{path}", body, key=path)
        assert (answer.status_code, answer.json["code"]) == (409, "dataset_changed")
    saved = pages.send("PUT", "/cursos/curso/leccion/celdas/primera", {"source": "x = 1", "base_version": 0})
    assert saved.status_code == 200, "what a learner writes is kept all the same"


def test_a_file_that_was_changed_is_not_given_away(
    sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue
) -> None:
    dataset = spoilt(catalogue)
    school = open_school(sqlite_sessions, tmp_path / "home", Catalogue((), (dataset,), ()))
    pages = school.browser()
    assert pages.get(f"/datos/{NAME}").status_code == 200
    assert pages.get(f"/datos/{NAME}/archivos/{dataset.resources[0].path.name}").status_code == 404


def test_a_lesson_that_asks_for_another_version_does_not_run(
    sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue
) -> None:
    dataset = catalogue.find_dataset(NAME)
    assert dataset is not None
    lesson = replace(a_lesson(), datasets=(DatasetPin(NAME, "0.0.1"),))
    school = open_school(
        sqlite_sessions, tmp_path / "home", Catalogue((replace(a_course(), lessons=(lesson,)),), (dataset,), ())
    )
    answer = school.browser(school.person()).send(
        "POST", "/cursos/curso/leccion/ejercicios/suma/comprobar", {"source": "x", "base_version": 0}, key="k"
    )
    assert (answer.status_code, answer.json["code"]) == (409, "dataset_changed")
