"""Searching a handful of texts: every word must appear, accents and capitals aside."""

import unicodedata


def plain(text: str) -> str:
    """The text without accents, in lower case: "Agrupación" → "agrupacion"."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def matches(query: str, *texts: str) -> bool:
    """Whether each word of the query appears in one of the texts; an empty query matches all."""
    haystack = plain(" ".join(texts))
    return all(word in haystack for word in plain(query).split())
