"""Jobs are called by name; every name that is called exists, in the lane that it is called in."""

from support.sources import calls, literal

from webapp import factory
from webapp.cli.readiness import PROBES
from webapp.jobs.registry import REGISTRY


def test_the_factory_knows_every_services_jobs() -> None:
    wanted = {place.split(":")[0] for place, _call in calls("job") if "/services/" in place}
    known = {f"webapp/services/{module.__name__.split('.')[2]}/tasks.py" for module in factory.TASKS}
    assert wanted == known


def test_every_job_that_is_written_is_registered_in_its_lane() -> None:
    written = [
        (literal(call.args[1]), literal(call.args[2])) for _place, call in calls("enqueue") if len(call.args) > 2
    ]
    named = {(name, lane) for name, lane in [*written, *PROBES] if name is not None}
    assert named <= {(spec.name, spec.lane) for spec in REGISTRY.values()}


def test_every_registered_job_is_written_by_somebody_or_recurs() -> None:
    written = {literal(call.args[1]) for _place, call in calls("enqueue") if len(call.args) > 1}
    idle = [
        spec.name
        for spec in REGISTRY.values()
        if spec.every_s is None and spec.name not in written | {name for name, _lane in PROBES}
    ]
    assert idle == []


def test_a_job_that_a_learner_waits_for_tells_when_it_is_given_up() -> None:
    for name in ("grade_submission", "drain_kernel"):
        assert REGISTRY[name].on_failed is not None
