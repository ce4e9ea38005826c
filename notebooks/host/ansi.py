"""Which colours are in force where a piece of terminal text begins, and where it may be cut."""

import re

SGR = re.compile("\x1b\\[([0-9;:]*)m")
UNFINISHED = re.compile("\x1b(\\[[0-9;:?]{0,32})?$")
MOST_CODES = 16


def ansi_after(before: str, text: str) -> str:
    """The codes in force after `text`, given those before it: all since the last reset, such as "1;31"."""
    codes = before.split(";") if before else []
    for found in SGR.finditer(text):
        for code in found[1].replace(":", ";").split(";"):
            if code.lstrip("0"):
                codes.append(code)
            elif len(codes) < 2 or codes[-2] not in ("38", "48"):
                codes = []
            else:
                codes.append("0")
    return ";".join(codes[-MOST_CODES:])


def cut_unfinished(text: str) -> tuple[str, str]:
    """The text without an escape sequence that has only begun at its end, and that beginning."""
    found = UNFINISHED.search(text)
    return (text[: found.start()], found[0]) if found else (text, "")
