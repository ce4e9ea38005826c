"""Wrong answers put together by what is wrong with them. Facts in, clusters out; docs/study.md says by what."""

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from webapp.services.insight.records import Cluster, ClusterKind, Clusters, WrongTry

# Of fewer people than this no code is shown, so that nobody can tell whose it is.
LEAST_FOR_EXAMPLE = 5
MOST_SHOWN = 8
LONGEST_EXAMPLE = 2_000
HIDDEN = "…"
# Shorter words of a name, such as "de", say nothing of anybody.
SHORTEST_NAME = 3


def cluster(wrong: Sequence[WrongTry], names: Mapping[int, str], *, is_code: bool = True) -> Clusters:
    """The most common kinds of wrong answers.

    names: of the learners, to be taken out of what is shown; is_code: whether answers are code, and not short texts.
    """
    found: dict[tuple[ClusterKind, str], list[WrongTry]] = defaultdict(list)
    for one in wrong:
        found[key_of(one)].append(one)
    # Kinds that are equally common stand in the order in which they came first.
    ranked = sorted(found.items(), key=lambda one: (-len({some.learner_id for some in one[1]}), -len(one[1])))
    shown = tuple(
        to_cluster(kind, tries, names, plain_code if is_code else plain_text)
        for (kind, _), tries in ranked[:MOST_SHOWN]
    )
    return Clusters(shown, len(wrong), len(wrong) - sum(one.attempts for one in shown))


def key_of(one: WrongTry) -> tuple[ClusterKind, str]:
    """What tells kinds of wrong answers apart.

    The declared wrong answer that it equals; else what was marked, ordered or paired; else the exception, or the
    limit, that ended the code; else the checks that failed, with what each one saw.
    """
    report = one.report
    declared = next((result.wrong_answer_id for result in report.checks if result.wrong_answer_id), None)
    if declared:
        return "declared", declared
    if one.choice:
        return "choice", json.dumps(one.choice)
    if report.fault is not None and report.fault.name:
        return "fault", json.dumps([report.fault.name, report.fault.value])
    if report.verdict in ("error", "timeout", "out_of_memory"):
        return "limit", report.verdict
    seen = [(result.check_id, result.code, result.fields) for result in report.checks if result.status != "passed"]
    return "checks", json.dumps(seen, sort_keys=True, default=dict)


def to_cluster(
    kind: ClusterKind, tries: Sequence[WrongTry], names: Mapping[int, str], plain_of: Callable[[str], str]
) -> Cluster:
    learners = {one.learner_id for one in tries}
    plain = {source: plain_of(source) for source in {one.source for one in tries}} if kind != "choice" else {}
    codes = Counter(plain[one.source] for one in tries if one.source in plain)
    example = codes.most_common(1)[0][0] if codes and len(learners) >= LEAST_FOR_EXAMPLE else ""
    authors = sorted({one.learner_id for one in tries if plain.get(one.source) == example})
    return Cluster(
        kind=kind,
        report=tries[-1].report,
        choice=tries[-1].choice,
        learners=len(learners),
        attempts=len(tries),
        example=without_names(example, [names[one] for one in authors if one in names])[:LONGEST_EXAMPLE],
        variants=len(codes),
    )


def plain_code(source: str) -> str:
    """The code as its syntax tree says it: equal for codes that differ in comments, blanks and quotes only.

    Names and literals are kept, for in them lies the mistake. Text that is not Python loses its comments alone.
    """
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = (line.partition("#")[0].rstrip() for line in source.splitlines())
        return "\n".join(line for line in lines if line)


def plain_text(source: str) -> str:
    """A short answer with single blanks: "12.5 %"."""
    return " ".join(source.split())


def without_names(code: str, names: Sequence[str]) -> str:
    """The code with an ellipsis for each word of a person's name that stands in it by itself."""
    words = {word for name in names for word in re.findall(r"\w+", name) if len(word) >= SHORTEST_NAME}
    if not words:
        return code
    return re.sub(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b", HIDDEN, code, flags=re.IGNORECASE)
