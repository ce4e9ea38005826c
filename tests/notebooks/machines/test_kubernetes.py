"""The manifests, as far as they can be tried without a cluster: their schema, and that they agree with each other, with
the site's settings and commands, and with what the sandbox needs."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from support.gateways import eventually
from support.sandbox import ROOT, launcher, need_root, running_fork_server

from notebooks import run_self_test
from webapp.settings import Settings

DEPLOY = ROOT / "webapp" / "deploy"
VERSION = "1.33"
DOCUMENTS: list[dict[str, Any]] = [
    one for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")) for one in yaml.safe_load_all(path.read_text())
]
WORKLOADS = [one for one in DOCUMENTS if one["kind"] in ("Deployment", "StatefulSet")]
PODS: dict[str, dict[str, Any]] = {one["metadata"]["name"]: one["spec"]["template"] for one in WORKLOADS}
SETTINGS = {one.metadata["name"]: one.metadata for one in fields(Settings)}
COMPONENT = "app.kubernetes.io/component"


def name(document: Mapping[str, Any]) -> str:
    return f"{document['kind']}-{document['metadata']['name']}"


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [one for one in DOCUMENTS if one["kind"] == kind]


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each container with its workload's name."""
    for workload, pod in PODS.items():
        for one in [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]:
            yield workload, one


CONTAINERS = [pytest.param(workload, one, id=f"{workload}-{one['name']}") for workload, one in containers()]


def is_selected(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """As a cluster decides it, of the operators that are used here."""
    plain = all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())
    expressions = selector.get("matchExpressions", [])
    assert all(one["operator"] == "In" for one in expressions)
    return plain and all(labels.get(one["key"]) in one["values"] for one in expressions)


def selected(selector: Mapping[str, Any]) -> set[str]:
    return {workload for workload, pod in PODS.items() if is_selected(selector, pod["metadata"]["labels"])}


def port_names(workload: str) -> dict[str, int]:
    return {
        port["name"]: port["containerPort"]
        for one in PODS[workload]["spec"]["containers"]
        for port in one.get("ports", [])
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_a_cluster_would_take_it(document: dict[str, Any]) -> None:
    kubernetes_validate.validate(document, VERSION, strict=True)


def test_every_part_of_the_site_is_there() -> None:
    assert set(PODS) == {"web", "runner", "grader", "kernels"}


@pytest.mark.parametrize("document", WORKLOADS, ids=name)
def test_a_workload_selects_its_own_pods_and_no_others(document: dict[str, Any]) -> None:
    assert selected(document["spec"]["selector"]) == {document["metadata"]["name"]}


@pytest.mark.parametrize("document", of_kind("Service"), ids=name)
def test_a_service_leads_to_a_port_that_is_open(document: dict[str, Any]) -> None:
    (workload,) = selected({"matchLabels": document["spec"]["selector"]})
    assert {port["targetPort"] for port in document["spec"]["ports"]} <= set(port_names(workload))


@pytest.mark.parametrize("workload", PODS)
def test_every_workload_has_a_budget_of_disruptions(workload: str) -> None:
    assert [selected(one["spec"]["selector"]) for one in of_kind("PodDisruptionBudget")].count({workload}) == 1


@pytest.mark.parametrize("document", of_kind("HorizontalPodAutoscaler"), ids=name)
def test_what_scales_by_itself_exists_and_says_how_much_it_asks_for(document: dict[str, Any]) -> None:
    target = document["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) in {(one["kind"], one["metadata"]["name"]) for one in WORKLOADS}
    assert all("cpu" in one["resources"]["requests"] for one in PODS[target["name"]]["spec"]["containers"])


def test_there_is_one_image() -> None:
    assert len({one["image"] for _, one in containers()}) == 1


@pytest.mark.parametrize(("workload", "container"), CONTAINERS)
def test_every_variable_is_a_setting_and_its_value_is_accepted(workload: str, container: dict[str, Any]) -> None:
    plain = {one["name"]: one["value"] for one in container.get("env", []) if "value" in one}
    for reference in container.get("envFrom", []):
        (found,) = (one for one in of_kind("ConfigMap") if one["metadata"]["name"] == reference["configMapRef"]["name"])
        plain |= found["data"]
    assert {one["name"] for one in container.get("env", [])} | set(plain) <= set(SETTINGS)
    for setting, value in plain.items():
        SETTINGS[setting]["kind"].parse(value)


@pytest.mark.parametrize(("workload", "container"), CONTAINERS)
def test_a_secret_comes_from_the_secret(workload: str, container: dict[str, Any]) -> None:
    for one in container.get("env", []):
        assert SETTINGS[one["name"]]["is_secret"] == ("secretKeyRef" in one.get("valueFrom", {})), one["name"]


def test_no_file_holds_a_secret() -> None:
    assert not of_kind("Secret")
    assert not {key for one in of_kind("ConfigMap") for key in one["data"] if SETTINGS[key]["is_secret"]}


def test_every_key_of_the_secret_is_told_of() -> None:
    told = set(re.findall(r"--from-literal=([a-z-]+)=", (DEPLOY / "kubernetes" / "settings.yaml").read_text()))
    used = {
        one["valueFrom"]["secretKeyRef"]["key"]
        for _, c in containers()
        for one in c.get("env", [])
        if "valueFrom" in one
    }
    used |= {
        item["key"] for pod in PODS.values() for volume in pod["spec"]["volumes"]
        for item in volume.get("secret", {}).get("items", [])
    }  # fmt: skip
    assert used == told


@pytest.mark.parametrize(("workload", "container"), CONTAINERS)
def test_every_command_can_be_given(workload: str, container: dict[str, Any]) -> None:
    """The image's entry point must stay: an init process, for ours are never the first."""
    assert "command" not in container
    program, *arguments = container["args"]
    if program == "gunicorn":
        check = [sys.executable, "-m", "gunicorn", "--check-config", *arguments]
    elif arguments[:2] == ["-m", "webapp.worker"]:
        from webapp.worker import LANES  # noqa: PLC0415  # takes a second that no other test needs

        assert arguments[2:] in [[role] for role in LANES]
        return
    else:
        assert program == "python"
        check = [sys.executable, *arguments, "--help"]
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": "/usr/bin:/bin", "AULA_HOME": home}
        done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr


def test_every_option_of_a_kernels_process_exists() -> None:
    """With --help no option is looked at, so `serve` is asked for its list."""
    order = [sys.executable, "-m", "notebooks", "serve", "--help"]
    known = subprocess.run(order, cwd=ROOT, capture_output=True, text=True).stdout
    for _, container in containers():
        if "notebooks" in container["args"]:
            flags = {one.partition("=")[0] for one in container["args"] if one.startswith("--")}
            assert flags <= set(re.findall(r"--[a-z-]+", known))


@pytest.mark.parametrize(("workload", "container"), CONTAINERS)
def test_ports_agree(workload: str, container: dict[str, Any]) -> None:
    said = {int(found[1]) for one in container["args"] if (found := re.search(r"^--(?:port=|bind=[\d.]+:)(\d+)$", one))}
    assert said == {port["containerPort"] for port in container.get("ports", [])}
    for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
        probe = container.get(kind, {})
        for how in ("httpGet", "tcpSocket"):
            assert how not in probe or probe[how]["port"] in port_names(workload)


def test_the_site_asks_each_gateway_by_its_own_name() -> None:
    (kernels,) = (one for one in WORKLOADS if one["metadata"]["name"] == "kernels")
    (settings,) = of_kind("ConfigMap")
    (service,) = (one for one in of_kind("Service") if one["metadata"]["name"] == kernels["spec"]["serviceName"])
    port = service["spec"]["ports"][0]["port"]
    wanted = [f"http://kernels-{number}.kernels:{port}" for number in range(kernels["spec"]["replicas"])]
    assert settings["data"]["AULA_KERNELS_URL"].split(",") == wanted
    assert service["spec"]["clusterIP"] == "None"
    assert port == port_names("kernels")["gateway"]


def test_kernels_reach_nothing() -> None:
    policies = [one["spec"] for one in of_kind("NetworkPolicy") if "kernels" in selected(one["spec"]["podSelector"])]
    assert any("Egress" in one["policyTypes"] for one in policies)
    assert not any(one.get("egress") for one in policies)


def test_kernels_are_asked_by_the_site_only() -> None:
    rules = [
        rule for one in of_kind("NetworkPolicy") if "kernels" in selected(one["spec"]["podSelector"])
        for rule in one["spec"].get("ingress", [])
    ]  # fmt: skip
    asking = {workload for rule in rules for peer in rule["from"] for workload in selected(peer["podSelector"])}
    assert asking == {"web", "runner"}
    assert not any(set(peer) - {"podSelector"} for rule in rules for peer in rule["from"])


def test_whatever_is_not_said_is_refused() -> None:
    (nothing,) = (one["spec"] for one in of_kind("NetworkPolicy") if one["metadata"]["name"] == "nothing")
    assert selected(nothing["podSelector"]) == set(PODS)
    assert set(nothing["policyTypes"]) == {"Ingress", "Egress"}
    assert not nothing.get("ingress")
    assert not nothing.get("egress")


@pytest.mark.parametrize("workload", PODS)
def test_no_pod_has_the_clusters_key(workload: str) -> None:
    assert PODS[workload]["spec"]["automountServiceAccountToken"] is False


@pytest.mark.parametrize(("workload", "container"), CONTAINERS)
def test_a_container_has_no_more_than_it_needs(workload: str, container: dict[str, Any]) -> None:
    context = container["securityContext"]
    assert context["allowPrivilegeEscalation"] is False
    assert context["readOnlyRootFilesystem"] is True
    assert context["capabilities"]["drop"] == ["ALL"]
    is_sandbox = "notebooks" in container["args"]
    assert bool(context["capabilities"].get("add")) == is_sandbox
    assert PODS[workload]["spec"]["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}


@pytest.mark.parametrize(("workload", "container"), CONTAINERS)
def test_whatever_it_writes_lies_on_a_volume(workload: str, container: dict[str, Any]) -> None:
    volumes = {one["name"] for one in PODS[workload]["spec"]["volumes"]}
    mounts = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
    assert set(mounts.values()) <= volumes
    assert "/tmp" in mounts
    (home,) = re.findall(r"AULA_HOME=(\S+)", (DEPLOY / "Containerfile").read_text())
    for path in [home] if "notebooks" not in container["args"] else run_dirs(container):
        assert any(path.startswith(f"{mount}/") for mount in mounts), path


def run_dirs(container: Mapping[str, Any]) -> list[str]:
    return [one.partition("=")[2] for one in container["args"] if one.startswith("--run-dir=")]


def test_the_grader_finds_the_fork_server_beside_it() -> None:
    (home,) = re.findall(r"AULA_HOME=(\S+)", (DEPLOY / "Containerfile").read_text())
    grader, fork_server = PODS["grader"]["spec"]["containers"]
    assert run_dirs(fork_server) == [f"{home}/run/kernels"]
    shared = [
        {one["name"] for one in each["volumeMounts"] if home.startswith(one["mountPath"])}
        for each in (grader, fork_server)
    ]
    assert shared[0] == shared[1] == {"home"}


@pytest.mark.parametrize("workload", ["grader", "kernels"])
def test_the_sandbox_holds_with_the_capabilities_that_its_container_has(workload: str) -> None:
    need_root()
    container = PODS[workload]["spec"]["containers"][-1]
    allowed = [f"+{one.lower()}" for one in container["securityContext"]["capabilities"]["add"]]
    with tempfile.TemporaryDirectory(prefix="kc") as folder:
        python = launcher(
            Path(folder), f"--bounding-set=-all,{','.join(allowed)}", "--inh-caps=-all", "--no-new-privs"
        )  # fmt: skip
        with running_fork_server(python=python, run_dir=Path(folder) / "run", required_grade="container") as server:
            test = run_self_test(server)
            assert (test.passed, test.grade) == (True, "container"), test.failures
            with server.open_session() as session:
                assert session.run("open('x', 'w').write('1')\n1 + 1").error is None
            homes = (Path(folder) / "run" / "homes").resolve()
            eventually(lambda: server.status().kernels == 0 and not list(homes.iterdir()))


def test_the_image_has_what_its_arguments_name() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    assert 'ENTRYPOINT ["tini", "--"]' in text
    assert "tini" in text.partition("apt-get install")[2].partition("rm -rf")[0]
    user = re.search(r"useradd --uid (\d+)", text)
    assert user is not None
    others = {pod["spec"]["securityContext"].get("runAsUser") for pod in PODS.values()}
    assert others == {0, int(user[1])}
    assert "RUN make setup" in text
    assert "\nsetup:" in (ROOT / "Makefile").read_text()
