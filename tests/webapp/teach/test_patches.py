"""A patch of two versions of a lesson is one that git applies, whatever their texts end with."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from webapp.teach.patches import write_patch

BEFORE = {
    "igual.py": b"x = 1\n",
    "sin-fin.md": b"uno\ndos",
    "con-fin.md": b"uno\ndos\n",
    "ventanas.py": b"uno\r\ndos\r\ntres\r\n",
    "raro.md": "uno\u2028dos\x0ctres\ncuatro\n".encode(),
    "viejo.py": b"fuera\n",
    "vacio.py": b"",
    "img/mapa.png": b"\x89PNG\x00uno",
}
AFTER = {
    "igual.py": b"x = 1\n",
    "sin-fin.md": b"uno\ndos\ntres\n",
    "con-fin.md": b"uno\nDOS",
    "ventanas.py": b"uno\r\nDOS\r\ntres\r\n",
    "raro.md": "uno\u2028dos\x0ctres\nCUATRO\n".encode(),
    "nuevo.py": b"dentro",
    "vacio.py": b"ya no\n",
    "img/mapa.png": b"\x89PNG\x00dos",
}


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)


def test_git_makes_the_second_version_of_the_first(tmp_path: Path) -> None:
    patch, left_out = write_patch(BEFORE, AFTER, "curso/leccion")
    assert left_out == ("img/mapa.png",)
    put(tmp_path / "curso" / "leccion", BEFORE)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True)
    folder = tmp_path / "curso" / "leccion"
    found = {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert found == {**AFTER, "img/mapa.png": BEFORE["img/mapa.png"]}
