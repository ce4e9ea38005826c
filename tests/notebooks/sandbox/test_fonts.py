"""Matplotlib's list of fonts, made once at set-up and lent to each fork server."""

import json
from pathlib import Path

from support.sandbox import PYTHON, running_fork_server

ASK = "import matplotlib.font_manager as m\nsorted({one.name for one in m.fontManager.ttflist if 'Aula' in one.name})"


def test_a_list_beside_the_kernels_python_is_taken(tmp_path: Path) -> None:
    (kept,) = (PYTHON.parents[1] / "matplotlib").glob("fontlist-*.json")
    fonts = json.loads(kept.read_text())
    fonts["ttflist"][0]["name"] = "Aula Sans"
    for folder in ("bin", "matplotlib"):
        (tmp_path / folder).mkdir()
    (tmp_path / "matplotlib" / kept.name).write_text(json.dumps(fonts))
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {PYTHON} "$@"\n')
    python.chmod(0o755)
    with running_fork_server(python=python) as server, server.open_session() as session:
        assert session.run(ASK).result == {"text/plain": "['Aula Sans']"}
