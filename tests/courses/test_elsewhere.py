"""What other repositories use of this one: the hook that checks lessons, the action that proves them, the schemas."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from ruamel.yaml import YAML
from support.content import EXERCISE, LESSON, SHIPPED, a_content_folder, replace

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "courses" / "schema"


def read(name: str) -> Any:
    return YAML(typ="safe").load((ROOT / name).read_text("utf-8"))


def here(command: str) -> list[str]:
    """A command as it is run, by the Python of this test."""
    program, *rest = shlex.split(command)
    assert program == "python"
    return [sys.executable, *rest]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of lessons. It has a folder of the name of our package, as many would."""
    return a_content_folder(tmp_path / "courses")


def test_the_hook_checks_the_lessons_of_the_files_that_it_is_given(root: Path) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    changed = [f"{LESSON}/lesson.yaml", f"{EXERCISE}/starter.py", "datasets/mx-estadisticas-vitales/datapackage.json"]
    command = [*here(hook["entry"]), *changed]
    assert subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == 0
    replace(f"{LESSON}/lesson.yaml", "    points: 2\n", "    points: 3\n")(root)
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert told.stdout.startswith(f"{LESSON}/lesson.yaml:23: ")


@pytest.mark.parametrize(
    ("name", "is_part"),
    [
        ("curso/uno/lesson.yaml", True),
        ("curso/uno/lesson.en.md", True),
        ("curso/uno/exercises/suma/wrong/una.py", True),
        ("curso/uno/img/plano.png", True),
        ("curso/course.yaml", True),
        ("datasets/uno/datapackage.json", True),
        ("README.md", False),
        ("curso/uno/mylesson.yaml", False),
    ],
)
def test_the_hook_is_called_for_files_of_lessons_alone(name: str, is_part: bool) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    assert (re.search(hook["files"], name) is not None) == is_part


def test_the_action_proves_the_lessons_at_its_path(root: Path) -> None:
    action = read("action.yml")
    assert action["runs"]["using"] == "composite"
    _set_up, proves = action["runs"]["steps"]
    names = set(re.findall(r"\$\{?(AULA_\w+)", proves["run"]))
    assert names == set(proves["env"])
    (root / "LICENSE.md").write_text("CC BY 4.0\n")
    environment = {
        **os.environ, "GITHUB_ACTION_PATH": str(ROOT), "RUNNER_ENVIRONMENT": "self-hosted",
        "AULA_PATH": str(root / LESSON), "AULA_LANGUAGE": action["inputs"]["language"]["default"],
    }  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", proves["run"]]
    told = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "curso/mi-leccion: verde" in told.stdout


def test_set_up_of_the_action_is_what_the_makefile_offers() -> None:
    set_up = read("action.yml")["runs"]["steps"][0]
    assert re.search(r"make .*\bsetup\b", set_up["run"])
    assert re.search(r"^setup:", (ROOT / "Makefile").read_text(), re.M)


def validator(name: str) -> Draft202012Validator:
    """As editors read a schema: what it refers to stands beside it."""
    registry: Registry[Any] = Registry()
    for path in SCHEMAS.glob("*.json"):
        registry = registry.with_resource(path.name, DRAFT202012.create_resource(read(f"courses/schema/{path.name}")))
    return Draft202012Validator(read(f"courses/schema/{name}.json"), registry=registry)


@pytest.mark.parametrize("name", ["lesson", "course", "notes"])
def test_the_schemas_that_editors_complete_from_accept_every_shipped_file(name: str) -> None:
    form = validator(name)
    found = [
        f"{path.relative_to(ROOT)}: {error.message}"
        for path in sorted(SHIPPED.rglob(f"{name}.yaml"))
        for error in form.iter_errors(YAML(typ="safe").load(path.read_text("utf-8")))
    ]
    assert found == []
