"""The difference of two versions of a lesson as a patch that git applies, for those who keep it in a repository."""

from collections.abc import Iterator, Mapping
from difflib import unified_diff

UNENDED = "\\ No newline at end of file\n"


def write_patch(before: Mapping[str, bytes], after: Mapping[str, bytes], folder: str) -> tuple[str, tuple[str, ...]]:
    """The patch, and the files that differ and are no text, which it leaves out. folder: of the lesson there."""
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    texts = {name: (find_text(before.get(name)), find_text(after.get(name))) for name in names}
    left_out = tuple(name for name, pair in texts.items() if None in pair)
    lines = (line for name in names if name not in left_out for line in lines_of(name, before, after, folder))
    return "".join(lines), left_out


def find_text(raw: bytes | None) -> str | None:
    """What a file says, nothing for one that is not there; None for one that is no text."""
    try:
        return None if raw is not None and b"\0" in raw else (raw or b"").decode()
    except UnicodeDecodeError:
        return None


def lines_of(name: str, before: Mapping[str, bytes], after: Mapping[str, bytes], folder: str) -> Iterator[str]:
    path = f"{folder}/{name}"
    yield f"diff --git a/{path} b/{path}\n"
    if name not in before:
        yield "new file mode 100644\n"
    if name not in after:
        yield "deleted file mode 100644\n"
    old, new = ("/dev/null" if name not in files else f"{side}/{path}" for side, files in (("a", before), ("b", after)))
    # Lines end where git sees them end, which is at \n alone.
    pair = [(find_text(files.get(name)) or "").split("\n") for files in (before, after)]
    first, second = ([f"{line}\n" for line in one[:-1]] + ([one[-1]] if one[-1] else []) for one in pair)
    for line in unified_diff(first, second, old, new):
        yield line if line.endswith("\n") else f"{line}\n{UNENDED}"
