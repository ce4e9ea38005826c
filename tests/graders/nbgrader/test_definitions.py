"""What a cell binds, and where a test takes names of the learner's away."""

from graders.nbgrader.definitions import Part, definitions_of, names_bound, names_lent, split_at_deletions

NONE = frozenset[str]()


def test_imports_functions_and_constants_are_definitions() -> None:
    imports, values = (
        "import numpy as np\nfrom os import path\n",
        "LIMIT = -1.5\ndata = load()\nitems = [1]\nprint(1)\n",
    )
    source = imports + values + "def f():\n    pass\nclass C:\n    pass"
    kept = definitions_of(source, except_for=NONE)
    assert names_bound(kept) == {"np", "path", "LIMIT", "f"}


def test_names_that_answers_bind_are_left_out() -> None:
    assert definitions_of("def f():\n    pass\nX = 1", except_for=frozenset({"f", "X"})) == ""


def test_lines_of_ipython_are_no_definitions() -> None:
    kept = definitions_of("%matplotlib inline\n!ls\nimport os", except_for=NONE)
    assert kept == "try:\n    import os\nexcept Exception:\n    pass"
    assert definitions_of("this is no Python", except_for=NONE) == ""


def test_names_are_found_wherever_the_cell_s_own_lines_bind_them() -> None:
    source = (
        "for i in x:\n    a = 1\nwith y as b:\n    c, (d, *e) = z\ndel g\ndef f(p):\n    q = 1\nif (w := 1): import h.i"
    )
    assert names_bound(source) == {"i", "a", "b", "c", "d", "e", "g", "f", "w", "h"}


def test_a_test_is_split_where_it_deletes_a_name_of_the_learner_s() -> None:
    source = "old = f\ndel f  # gone\ntry:\n    g()\nfinally:\n    f = old"
    assert split_at_deletions(source) == (
        Part("old = f", ("f",)),
        Part("\n\ntry:\n    g()\nfinally:\n    f = old"),
    )


def test_a_test_that_deletes_its_own_names_is_whole() -> None:
    for source in ("x = 1\ndel x\nassert y", "a = [1]\ndel a[0]", "no Python", "x = 1; del y"):
        assert split_at_deletions(source) == (Part(source),)


def test_of_classes_only_those_that_assert_are_definitions() -> None:
    asserting = ("def m(self):\n        assert self", "check = staticmethod(assert_equal)")
    for body, names in [("x = 1", set()), *((one, {"C"}) for one in asserting)]:
        assert names_bound(definitions_of(f"class C:\n    {body}")) == names


def test_names_are_lent_where_the_learner_s_functions_take_them() -> None:
    source = "assert solve(f, 0, 2) == a.run(key=g)\nmap(h, x)\nsolve(k(1), l.m)"
    assert names_lent(source, frozenset({"solve", "a"})) == {"f", "g"}
