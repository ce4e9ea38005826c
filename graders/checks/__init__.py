"""Kinds of checks, a module each. Judging is pure: evidence of an answer and of the solution in, a finding out."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from graders.checks.choice import judge_choice
from graders.checks.finding import Finding
from graders.checks.kind import Form, Kind
from graders.errors import UngradableExercise

__all__ = ["Finding", "Form", "Kind", "forms", "get_kind", "judge_choice"]


@functools.cache
def forms() -> Mapping[str, Form]:
    """Every kind of check by its name, those of questions too: the `KIND` of each module here that has one."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    kinds = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: str(kind.name))}


def get_kind(name: str) -> Kind:
    """The kind of check of what code did. Raises: UngradableExercise for a name that is none."""
    kind = forms().get(name)
    if not isinstance(kind, Kind):
        known = ", ".join(one for one, form in forms().items() if isinstance(form, Kind))
        raise UngradableExercise("unknown_kind", f'A check is of the kind "{name}". Of code there are: {known}.')
    return kind
