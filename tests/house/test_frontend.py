"""The committed bundle is what its sources give: rebuilt from the lock file and compared byte by byte."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from support.needs import need

ROOT = Path(__file__).parents[2]


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need(shutil.which("npm") is not None, "Node", "Debian and Ubuntu: apt-get install nodejs npm (20 or newer).")
    webapp = tmp_path_factory.mktemp("rebuild") / "webapp"
    shutil.copytree(ROOT / "webapp" / "frontend", webapp / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    if (ROOT / "webapp" / "static" / "fonts").is_dir():
        shutil.copytree(ROOT / "webapp" / "static" / "fonts", webapp / "static" / "fonts")
    for command in (["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        subprocess.run(command, cwd=webapp / "frontend", check=True, capture_output=True)
    return webapp


def test_the_committed_bundle_is_the_built_one(rebuilt: Path) -> None:
    assert fingerprints(rebuilt / "static" / "dist") == fingerprints(ROOT / "webapp" / "static" / "dist")


def test_the_types_of_the_scripts_hold(rebuilt: Path) -> None:
    outcome = subprocess.run(
        ["npm", "run", "check"], cwd=rebuilt / "frontend", capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_lock_file_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "webapp" / "frontend" / "package-lock.json").read_text()
