"""`python -m benchmarks [kernels] [grading]`: measures, prints a table, and writes it to benchmarks/results.md."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks import grading, kernels
from benchmarks.measure import table

SUBJECTS = {"kernels": kernels.compare, "grading": grading.compare}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in SUBJECTS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}. Choose from: {', '.join(SUBJECTS)}.", file=sys.stderr)
        return 2
    comparisons = [one for name in names or SUBJECTS for one in SUBJECTS[name]()]
    text = "\n\n".join(["# Results of the latest run", describe_machine(), table(comparisons)])
    (Path(__file__).parent / "results.md").write_text(text + "\n")
    print(text)
    return 0


def describe_machine() -> str:
    memory_gib = psutil.virtual_memory().total / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {psutil.cpu_count()} cores, {memory_gib:.0f} GiB, Python "
        f"{platform.python_version()}, Linux {platform.release()}, load {psutil.getloadavg()[0]:.1f}. "
        "Trust the ratios: every way of a subject was measured in turns with the others."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
