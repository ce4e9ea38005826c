"""Checks as sentences with slots, for authors who do not write YAML: told, filled in, and read back."""

from graders.sentences.compose import list_sentences, read, say_check, tell
from graders.sentences.records import Field, FieldType, Sentence, SentenceRefused

__all__ = [
    "Field",
    "FieldType",
    "Sentence",
    "SentenceRefused",
    "list_sentences",
    "read",
    "say_check",
    "tell",
]
