"""nbgrader itself, run on a course folder as its users run it: `python nbgrader_peer.py COURSE ASSIGNMENT LEARNER…`.

Prints what it scored, as JSON: learner -> notebook -> grade_id -> points, null where a person must grade.
"""

import json
import sys
import warnings


def main(course: str, assignment: str, *learners: str) -> None:
    warnings.simplefilter("ignore")
    from nbgrader.apps import NbGraderAPI  # noqa: PLC0415  # it warns while it is imported
    from traitlets.config import Config  # noqa: PLC0415  # belongs to it

    config = Config()
    config.CourseDirectory.root = course
    api = NbGraderAPI(config=config)
    made = api.generate_assignment(assignment)
    assert made["success"], made["log"]
    scores: dict[str, dict[str, dict[str, float | None]]] = {}
    for learner in learners:
        api.autograde(assignment, learner)
    with api.gradebook as gradebook:
        for learner in learners:
            submission = gradebook.find_submission(assignment, learner)
            scores[learner] = {
                notebook.name: {one.name: one.auto_score for one in notebook.grades}
                for notebook in submission.notebooks
            }
    print(json.dumps(scores))  # noqa: T201  # read by the test that started this


if __name__ == "__main__":
    main(*sys.argv[1:])
