"""Every table of the site in one place, for comparing them with what the migrations make."""

import importlib
import importlib.util
import pkgutil

from sqlalchemy import MetaData

from webapp import services
from webapp.jobs import tables as jobs_tables
from webapp.store import Base

__all__ = ["every_table", "jobs_tables"]


def every_table() -> MetaData:
    """The tables of all services and of the jobs, each loaded from its own room."""
    for service in pkgutil.iter_modules(services.__path__):
        name = f"{services.__name__}.{service.name}.tables"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)
    return Base.metadata
