"""The part of the import law that contracts cannot say; the contracts themselves are run by `lint-imports`."""

import grimp
import pytest

ROOMS = ("courses", "notebooks", "graders", "webapp")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, cache_dir=None)


def test_no_module_takes_part_in_a_cycle(graph: grimp.ImportGraph) -> None:
    def reaches_itself(module: str) -> bool:
        seen: set[str] = set()
        ahead = list(graph.find_modules_directly_imported_by(module))
        while ahead:
            one = ahead.pop()
            if one == module:
                return True
            if one not in seen:
                seen.add(one)
                ahead.extend(graph.find_modules_directly_imported_by(one))
        return False

    # A package that gathers its own files (`webapp.learn` and its views) is one thing in two layers of files.
    cycles = sorted(module for module in graph.modules if reaches_itself(module) and not is_blueprint(module))
    assert cycles == []


def is_blueprint(module: str) -> bool:
    """A blueprint's package imports its views, and they import the blueprint: Flask's own documented pattern."""
    return module.startswith(("webapp.learn", "webapp.teach", "webapp.manage", "webapp.account", "webapp.api"))


def test_tables_stay_home(graph: grimp.ImportGraph) -> None:
    strangers = []
    for module in sorted(graph.modules):
        if module.startswith("webapp.services.") and module.endswith(".tables"):
            home = module.rsplit(".", 1)[0]
            strangers += [
                f"{importer} imports {module}"
                for importer in graph.find_modules_that_directly_import(module)
                if not importer.startswith((home, "webapp.migrations"))
            ]
    assert strangers == []
