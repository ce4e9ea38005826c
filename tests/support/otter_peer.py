"""Otter-Grader itself, run as its users run it: `python otter_peer.py FOLDER MASTER…`.

FOLDER/MASTER/MASTER.ipynb is assigned, and each notebook in FOLDER/MASTER/submissions graded by what that made.
Writes FOLDER/found.json.
"""

import json
import sys
import warnings
from pathlib import Path


def main(folder: str, *masters: str) -> None:
    warnings.simplefilter("ignore")
    from otter.assign import main as assign  # noqa: PLC0415  # it warns while it is imported
    from otter.run import main as run  # noqa: PLC0415  # likewise

    found: dict[str, dict[str, object]] = {"handed_out": {}, "points": {}}
    for name in masters:
        place = Path(folder) / name
        assign(str(place / f"{name}.ipynb"), str(place / "dist"), no_pdfs=True, no_run_tests=True)
        found["handed_out"][name] = (place / "dist" / "student" / f"{name}.ipynb").read_text()
        grader = next((place / "dist" / "autograder").glob("*.zip"))
        points = {}
        for sent in sorted((place / "submissions").glob("*.ipynb")):
            try:
                result = run(str(sent), autograder=str(grader), output_dir=str(place), no_logo=True)
            except Exception:  # where learner code ended the process there is nothing to read
                points[sent.stem] = None
                continue
            scores = {test: round(result.get_score(test), 5) for test in result.test_files}
            points[sent.stem] = None if result.has_catastrophic_failure() else scores
        found["points"][name] = points
    (Path(folder) / "found.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
