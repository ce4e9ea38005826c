"""Measures of the site as Prometheus reads them. For this machine only, unless the operator says otherwise."""

from collections.abc import Iterator
from ipaddress import ip_address

from flask import Response, abort, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from webapp.api import blueprint
from webapp.services.people import service as people
from webapp.services.practice import service as practice
from webapp.ui.context import current_aula
from webapp.ui.doors import public
from webapp.ui.health import count_jobs

JOB_STATES = ("queued", "running", "done", "failed")
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


class SiteCollector(Collector):
    """Counts from the database at the moment of asking, so that any number of processes tells the same."""

    def collect(self) -> Iterator[Metric]:
        counted = count_jobs(g.db)
        jobs = GaugeMetricFamily("aula_jobs", "Jobs by state.", labels=["state"])
        for state in JOB_STATES:
            jobs.add_metric([state], counted.get(state, 0))
        yield jobs
        kernels = GaugeMetricFamily("aula_kernels", "Learners' kernels by state.", labels=["state"])
        for state, count in sorted(practice.count_states(g.db).items()):
            kernels.add_metric([state], count)
        yield kernels
        waiting = GaugeMetricFamily("aula_waiting_runs", "Runs that wait for memory, by kind.", labels=["kind"])
        for kind, count in practice.count_waiting(g.db).items():
            waiting.add_metric([kind], count)
        yield waiting
        total = people.list_people(g.db, size=1).total
        yield GaugeMetricFamily("aula_people", "Accounts, closed ones too.", value=total)
        problems = len(current_aula().catalogue.problems)
        yield GaugeMetricFamily("aula_content_problems", "Complaints about courses and datasets.", value=problems)


@blueprint.get("/metrics")
@public
def metrics_show() -> Response:
    if not (current_aula().settings.metrics_public or is_from_here()):
        abort(403)
    registry = CollectorRegistry()
    registry.register(SiteCollector())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def is_from_here() -> bool:
    """Whether this machine asks. A proxy that we were not told of also calls from here, but says for whom."""
    try:
        is_loopback = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    if current_aula().settings.trusted_proxies:
        return is_loopback
    return is_loopback and not any(name in request.headers for name in FORWARDED)
