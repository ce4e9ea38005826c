"""What programs ask of the site: does it live, does it work, what does it measure, what does it offer."""

import re

import jsonschema
import pytest
from support.bare import bare_app
from support.jobs import a_context
from support.webclient import School, open_school

from webapp.jobs import LeaseKeeper, enqueue, perform

OUTSIDE = {"REMOTE_ADDR": "10.1.2.3"}


def test_the_process_lives_whatever_else_does_not(school: School) -> None:
    answer = school.browser().client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_readiness_tells_of_each_part_and_why_it_is_not_ready(each_school: School) -> None:
    answer = each_school.browser().client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json["status"], answer.json["sandbox"]) == ("not ready", None)
    assert answer.json["checks"]["database"] == {"up": True}
    assert answer.json["checks"]["kernels"] == {"up": False, "reason": "this test has no kernels"}
    assert answer.json["checks"]["jobs"]["reason"] == "no recurring job has ended within 90 s"


def beat(school: School) -> None:
    """The job that comes again by itself, done now."""
    context = a_context(school.aula.sessions, school.home, school.clock)
    with context.session_scope() as session:
        job_id = enqueue(session, "rest_idle_kernels", "interactive")
    perform(context, LeaseKeeper(context), job_id)


def test_jobs_are_ready_while_somebody_carries_them_out(each_school: School) -> None:
    def jobs_are_up() -> bool:
        return bool(each_school.browser().client.get("/readyz").json["checks"]["jobs"]["up"])

    beat(each_school)
    assert jobs_are_up()
    each_school.clock.advance(91)
    assert not jobs_are_up()


def test_measures_are_numbers_that_prometheus_reads(each_school: School) -> None:
    each_school.person()
    beat(each_school)
    answer = each_school.browser().client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    assert 'aula_jobs{state="done"} 1.0' in answer.text
    assert 'aula_jobs{state="failed"} 0.0' in answer.text
    assert "aula_people 1.0" in answer.text
    assert 'aula_waiting_runs{kind="cells"} 0.0' in answer.text
    lines = [one for one in answer.text.splitlines() if not one.startswith("#")]
    assert all(re.fullmatch(r'[a-z_]+(\{\w+="\w+"\})? [0-9.e+]+', one) for one in lines)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_measures_are_not_for_outsiders(school: School, header: str) -> None:
    """Nor for those who come by a proxy on this machine that nobody told the site of."""
    client = school.browser().client
    assert client.get("/metrics", environ_overrides=OUTSIDE).status_code == 403
    assert client.get("/metrics", headers={header: "10.1.2.3"}).status_code == 403


def test_measures_are_for_everybody_where_the_operator_says_so(school: School) -> None:
    public = open_school(school.aula.sessions, school.home, school.aula.catalogue, {"AULA_METRICS_PUBLIC": "1"})
    assert public.browser().client.get("/metrics", environ_overrides=OUTSIDE).status_code == 200


def test_the_description_is_openapi_and_names_addresses_that_there_are(school: School) -> None:
    answer = school.browser().client.get("/api/v1/openapi.json")
    described = answer.json
    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": "http://127.0.0.1:8000"}]
    known = {re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule) for rule in bare_app().url_map.iter_rules()}
    assert set(described["paths"]) <= known
    for path, operations in described["paths"].items():
        wanted = set(re.findall(r"\{(\w+)\}", path))
        for operation in operations.values():
            assert {one["name"] for one in operation["parameters"]} == wanted
            assert operation["responses"]
            assert operation["summary"]


def test_a_problem_is_as_the_description_says(school: School) -> None:
    client = school.browser().client
    schema = client.get("/api/v1/openapi.json").json["components"]["schemas"]["Problem"]
    for path in ("/api/v1/nada", "/datos/nada/datapackage.json", "/en/datos/nada/dcat.json"):
        answer = client.get(path, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        jsonschema.validate(answer.json, schema)


def test_the_secret_key_is_nowhere_to_be_read(school: School) -> None:
    client = school.browser(school.person("admin")).client
    for path in ("/api/v1/openapi.json", "/readyz", "/metrics", "/administracion"):
        assert "k" * 40 not in client.get(path).text
