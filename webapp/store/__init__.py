"""What every table stands on: Base, column types, engine and sessions, refusals, pages of rows."""

from webapp.store.changes import add_once, change
from webapp.store.columns import CompressedJson, CompressedText, Json, UtcDateTime
from webapp.store.engine import Sessions, make_engine, session_factory
from webapp.store.failure import StoreFailure, explain_failure
from webapp.store.naming import Base
from webapp.store.paging import Page, take_page
from webapp.store.parts import in_parts
from webapp.store.refusal import Refusal

__all__ = [
    "Base",
    "CompressedJson",
    "CompressedText",
    "Json",
    "Page",
    "Refusal",
    "Sessions",
    "StoreFailure",
    "UtcDateTime",
    "add_once",
    "change",
    "explain_failure",
    "in_parts",
    "make_engine",
    "session_factory",
    "take_page",
]
