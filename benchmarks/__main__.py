"""`python -m benchmarks [--quick] [kernels|gateway|page|density|grading|writing …]`: measures, and prints a table.

It is also written to benchmarks/results.md, but for a --quick run, whose sizes are for trying a benchmark out.
"""

import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks import density, gateway, grading, kernels, page, writing
from benchmarks.measure import Comparison, table

Subject = Callable[[], Sequence[Comparison | str]]
QUICK = "--quick"
SUBJECTS: Mapping[str, Subject] = {
    "kernels": kernels.compare,
    "gateway": gateway.compare,
    "page": page.compare,
    "density": density.compare,
    "grading": grading.compare,
    "writing": writing.compare,
}
SMALLER: Mapping[str, Subject] = {
    "page": page.compare_small,
    "density": density.compare_small,
    "grading": grading.compare_small,
}


def main(arguments: list[str]) -> int:
    names, is_quick = [one for one in arguments if one != QUICK], QUICK in arguments
    unknown = [name for name in names if name not in SUBJECTS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}. Choose from: {', '.join(SUBJECTS)}.", file=sys.stderr)
        return 2
    subjects = {**SUBJECTS, **(SMALLER if is_quick else {})}
    text = write_up([one for name in names or SUBJECTS for one in subjects[name]()])
    if not is_quick:
        (Path(__file__).parent / "results.md").write_text(text + "\n")
    print(text)
    return 0


def write_up(found: Sequence[Comparison | str]) -> str:
    """One table of all comparisons, and below it what a subject tells besides."""
    comparisons = [one for one in found if isinstance(one, Comparison)]
    texts = [one for one in found if isinstance(one, str)]
    return "\n\n".join(["# Results of the latest run", describe_machine(), table(comparisons), *texts])


def describe_machine() -> str:
    memory_gib = psutil.virtual_memory().total / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {psutil.cpu_count()} cores, {memory_gib:.0f} GiB, Python "
        f"{platform.python_version()}, Linux {platform.release()}, load {psutil.getloadavg()[0]:.1f}. "
        "Trust the ratios: the ways of a subject were measured in the same run, and in turns where that can be."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
