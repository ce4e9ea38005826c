"""How subjects are named in the log."""


def subject_of(kind: str, id: int | str | None) -> str:
    """ "person:12"; only the kind where nobody knows which."""
    return kind if id is None else f"{kind}:{id}"
