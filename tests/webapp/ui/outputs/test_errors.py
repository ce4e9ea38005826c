"""Each explanation is proved on the real error, raised by the pandas that learners use."""

# Cases read best on one line.
# ruff: noqa: E501

import re

import pytest
from support.provoked import provoke

from notebooks import Fault
from webapp.ui.outputs import explain
from webapp.ui.outputs.errors import english, explain_warning, spanish
from webapp.ui.outputs.errors.rules import RULES

NAMES = ("gasto", "por_ramo")
COLUMNS = ("entidad", "año", "monto", "ramo_id")
TABLE = "t = pd.DataFrame({'entidad': ['Jalisco'], 'año': [2024], 'monto': [1.5], 'ramo_id': ['a']})\n"

# The rule that must explain it, the code that goes wrong, and a word that the Spanish explanation must have.
CASES = [
    ("name_typo", "gasto = 1\ngastos", "`gasto`"),
    ("name_typo", "pritn(1)", "`print`"),
    ("name_quotes", TABLE + "t[entidad]", '"entidad"'),
    ("name_quotes", TABLE + "t.groupby([xyz])", '"xyz"'),
    ("name_missing", "tabla_nueva", "`tabla_nueva`"),
    ("unbound", "def f():\n    x = x + 1\nx = 1\nf()", "`x`"),
    ("column_near", TABLE + "t.groupby('Entidad')", "`entidad`"),
    ("column_near", TABLE + "t['ano']", "`año`"),
    ("column_near", TABLE + "t[['ramo id', 'monto']]", "`ramo_id`"),
    ("column_near", TABLE + "t.sort_values('montos')", "`monto`"),
    ("column_near", TABLE + "t.drop(columns='MONTO')", "`monto`"),
    ("column_listed", TABLE + "t['poblacion']", "`entidad`"),
    ("column_listed", TABLE + "t[['poblacion', 'hogares']]", "`monto`"),
    ("column_listed", TABLE + "t.merge(t, on='clave_inegi')", "`clave_inegi`"),
    ("row", TABLE + "t.loc[5]", "`5`"),
    ("row", TABLE + "t.loc[[5, 6]]", "`5`"),
    ("row", TABLE + "t.set_index('entidad').loc['Sonora']", "`Sonora`"),
    ("attribute_none", "[3, 1].sort().append(2)", "inplace"),
    ("attribute_none", TABLE + "t.drop(columns='monto', inplace=True).head()", "`head`"),
    ("attribute_column", TABLE + "t.Monto", '["monto"]'),
    ("attribute_near", TABLE + "t.grupby('entidad')", "`groupby`"),
    ("attribute_near", "pd.read_cvs('x.csv')", "`read_csv`"),
    ("attribute_near", "'a'.uper()", "`upper`"),
    ("attribute_unknown", TABLE + "t.xyzzy()", "`xyzzy`"),
    ("accessor", TABLE + "t['entidad'].dt.year", "to_datetime"),
    ("accessor", TABLE + "t['monto'].str.upper()", "astype(str)"),
    ("text_and_number", "'total: ' + 5", "str(...)"),
    ("text_and_number", "5 + 'a'", "float(...)"),
    ("text_and_number", "sum(['1', '2'])", "float(...)"),
    ("text_column_math", TABLE + "t['entidad'] + 1", "to_numeric"),
    ("text_column_math", TABLE + "t.groupby('ramo_id').mean()", "numéricas"),
    ("text_column_math", TABLE + "t['entidad'].mean()", "numéricas"),
    ("text_and_number_compared", TABLE + "t['entidad'] < 1", "to_numeric"),
    ("text_and_number_compared", "'a' < 1", "número"),
    ("argument_missing", TABLE + "t.sort_values()", "'by'"),
    ("arguments_many", TABLE + "t.sort_values('monto', 'entidad')", "sort_values"),
    ("argument_unknown", TABLE + "t.sort_values('monto', asc=True)", "`asc`"),
    ("not_callable", TABLE + "t('monto')", "corchetes"),
    ("not_subscriptable", TABLE + "t.head[3]", ".head(3)"),
    ("not_subscriptable", "None['a']", "`NoneType`"),
    ("not_iterable", "for i in 5: pass", "range"),
    ("number_comma", "int('3,5')", "`3,5`"),
    ("number_comma", "pd.Series(['1,200']).astype(float)", ".str.replace"),
    ("number_comma", "pd.to_numeric(pd.Series(['$1,200']))", "`$1,200`"),
    ("number_text", "float('n/d')", "coerce"),
    ("missing_to_integer", "pd.Series([1, None]).astype(int)", "Int64"),
    ("date_text", "pd.to_datetime(pd.Series(['31/31/2020']))", "dayfirst"),
    ("date_text", "pd.to_datetime('hola')", "format"),
    ("column_dtype", TABLE + "t.loc[0, 'año'] = 'dos mil'", "tipo"),
    ("lengths", TABLE + "t['nueva'] = [1, 2, 3]", "len(...)"),
    ("lengths", "pd.DataFrame({'a': [1, 2], 'b': [1]})", "len(...)"),
    ("lengths", "np.array([1, 2, 3]) + np.array([1, 2])", "distinto largo"),
    ("lengths", TABLE + "t.columns = ['a']", "distinto largo"),
    ("lengths", "import matplotlib.pyplot as plt\nplt.plot([1, 2], [1])", "distinto largo"),
    ("lengths", "import matplotlib.pyplot as plt\nplt.bar([1, 2], [1, 2, 3])", "distinto largo"),
    ("truth", TABLE + "if t['monto'] > 1:\n    pass", "`&`"),
    ("truth", TABLE + "t[(t.monto > 1) and (t.año > 2000)]", "paréntesis"),
    ("duplicates", "pd.DataFrame({'a': [1, 1], 'b': [1, 1], 'c': [1, 2]}).pivot(index='a', columns='b', values='c')", "pivot_table"),
    ("unpack", "a, b = 1, 2, 3", "variables"),
    ("read_only", "pd.Series([1, 2]).values[0] = 3", ".copy()"),
    ("merge_types", "pd.DataFrame({'a': [1]}).merge(pd.DataFrame({'a': ['1']}), on='a')", "`a`"),
    ("index", "[1, 2][5]", "empiezan en 0"),
    ("index", TABLE + "t.iloc[5]", "empiezan en 0"),
    ("index", TABLE + "t.iloc[0, 9]", "empiezan en 0"),
    ("zero", "1 / 0", "cero"),
    ("zero", "1 // 0", "cero"),
    ("syntax_unclosed", "print((1, 2)\nx = 1", "`(`"),
    ("syntax_unmatched", "x = 1)", "`)`"),
    ("syntax_unmatched", "x = (1]", "`]`"),
    ("syntax_colon", "if True\n    x = 1", "dos puntos"),
    ("syntax_quote", "x = 'hola", "comilla"),
    ("syntax_quote", 'x = """hola', "comilla"),
    ("syntax_equals", "x = 1\nif x = 1:\n    pass", "`==`"),
    ("syntax_equals", "1 = x", "`==`"),
    ("syntax_comma", "x = [1 2]", "coma"),
    ("syntax_print", "print 1", "`print(...)`"),
    ("syntax_character", "x = “hola”", "`“`"),
    ("syntax_number", "2x = 1", "número"),
    ("syntax_number", "x = 012", "número"),
    ("syntax_other", "x = = 1", "paréntesis"),
    ("indent_missing", "if True:\nx = 1", "cuatro espacios"),
    ("indent_extra", "x = 1\n  y = 2", "espacios"),
    ("indent_uneven", "if True:\n    x = 1\n  y = 2", "cuatro espacios"),
    ("indent_uneven", "if True:\n\tx = 1\n        y = 2", "tabuladores"),
    ("module_near", "import panda", "`import pandas`"),
    ("module", "import seaborn", "`seaborn`"),
    ("file", "pd.read_csv('gasto.csv')", "`gasto.csv`"),
    ("encoding", "b'a\\xf1o'.decode('utf-8')", "latin-1"),
    ("parser", "import io\npd.read_csv(io.StringIO('a,b\\n1,2\\n1,2,3,4'))", "sep="),
    ("empty_file", "import io\npd.read_csv(io.StringIO(''))", "vacío"),
    ("merge_columns", "pd.DataFrame({'a': [1]}).merge(pd.DataFrame({'b': [1]}))", "left_on"),
    ("merge_repeated", "pd.DataFrame({'a': [1]}).merge(pd.DataFrame({'a': [1, 1]}), validate='1:1')", "duplicated"),
    ("memory", "np.ones((10**7, 10**7))", "memoria"),
    ("recursion", "def f(): return f()\nf()", "sí misma"),
]  # fmt: skip
# What only a kernel raises; its own tests see these on a real one.
KERNELS_OWN = {
    "input": Fault(
        "StdinNotImplementedError", "raw_input was called, but this frontend does not support input requests."
    ),
    "syntax_unfinished": Fault("SyntaxError", "incomplete input (3141.py, line 2)", (), 2),
}
# Where the learner's columns are not known.
UNKNOWN_COLUMNS = (TABLE + "t['Entidad']", "{'a': 1}['b']")
SOURCES = {str(number): source for number, (_, source, _) in enumerate(CASES)}


@pytest.mark.parametrize(
    ("number", "rule", "word"), [(str(number), rule, word) for number, (rule, _, word) in enumerate(CASES)]
)
def test_the_real_error_gets_its_explanation(number: str, rule: str, word: str) -> None:
    fault = provoke(SOURCES)[number]
    assert isinstance(fault, Fault)
    found = explain(fault, SOURCES[number], NAMES, "es", columns=COLUMNS)
    assert found is not None
    assert found.rule == rule
    assert word in " ".join(found.sentences)
    assert f"línea {fault.line}" in found.where


def test_every_rule_is_proved() -> None:
    assert {rule.id for rule in RULES} == {rule for rule, *_ in CASES} | set(KERNELS_OWN) | {"column_unknown"}


@pytest.mark.parametrize("source", UNKNOWN_COLUMNS)
def test_a_missing_column_is_explained_without_knowing_the_others(source: str) -> None:
    fault = provoke({"0": source})["0"]
    assert isinstance(fault, Fault)
    found = explain(fault, source, NAMES, "es")
    assert found is not None
    assert found.rule == "column_unknown"


@pytest.mark.parametrize("rule", sorted(KERNELS_OWN))
def test_what_only_a_kernel_raises_is_explained(rule: str) -> None:
    found = explain(KERNELS_OWN[rule], "edad = input()\n(", (), "en")
    assert found is not None
    assert found.rule == rule


@pytest.mark.parametrize(
    "source",
    [
        TABLE + "t['monto'][0] = 5",
        TABLE + "t[t.monto > 0]['monto'] = 3",
        TABLE + "t['monto'].fillna(0, inplace=True)",
    ],
)
def test_a_change_on_a_copy_is_explained(source: str) -> None:
    said = provoke({"0": source})["0"]
    assert isinstance(said, str)
    found = explain_warning(said, "es")
    assert found is not None
    assert "copia" in found.what


def test_an_ordinary_warning_is_not() -> None:
    assert explain_warning("UserWarning: algo", "es") is None


@pytest.mark.parametrize(
    "fault",
    [
        Fault("MyOwnError", "algo"),
        Fault("ValueError", "el valor no me gusta"),
        Fault("KeyError", ""),
        Fault("TypeError", "otra cosa"),
        Fault("", ""),
    ],
)
def test_without_a_rule_nothing_is_invented(fault: Fault) -> None:
    assert explain(fault, "", (), "es") is None


def test_both_languages_explain_the_same_with_the_same_holes() -> None:
    assert spanish.TEXTS.keys() == english.TEXTS.keys()
    for rule, texts in spanish.TEXTS.items():
        for one, other in zip(texts, english.TEXTS[rule], strict=True):
            assert set(re.findall(r"\{(\w+)\}", one)) == set(re.findall(r"\{(\w+)\}", other)), rule


def test_every_text_is_three_short_sentences_at_most() -> None:
    assert {rule.id for rule in RULES} | {"chained"} == spanish.TEXTS.keys()
    assert all(len(text) <= 160 for texts in (spanish.TEXTS, english.TEXTS) for pair in texts.values() for text in pair)


def test_a_hostile_error_stays_short_and_on_one_line() -> None:
    fault = Fault("NameError", f"name '{'x' * 5000}' is not defined", (), 1)
    found = explain(fault, "`" * 5000, (), "es")
    assert found is not None
    assert max(map(len, found.sentences)) < 400
    assert "\n" not in "".join(found.sentences)
