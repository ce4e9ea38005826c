"""Which rule an error falls under: by its name, its message, the line that failed and the names in scope."""

# A rule and its pattern read best on one line.
# ruff: noqa: E501

import builtins
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webapp.ui.outputs.errors.case import Case, find_near

Holes = Mapping[str, str]
Fill = Callable[[Case, re.Match[str]], Holes | None]

LIBRARIES = ("pandas", "numpy", "matplotlib", "pyarrow", "aula")
STANDARD = (
    "math",
    "random",
    "datetime",
    "statistics",
    "collections",
    "itertools",
    "json",
    "csv",
    "re",
    "os",
    "pathlib",
)
METHODS = (
    "abs", "add", "agg", "aggregate", "all", "any", "append", "apply", "assign", "astype", "barh",
    "boxplot", "capitalize", "columns", "copy", "count", "cumsum", "describe", "diff", "drop",
    "drop_duplicates", "dropna", "dtypes", "duplicated", "extend", "fillna", "filter", "find", "format",
    "groupby", "head", "hist", "iloc", "index", "insert", "isin", "isna", "items", "join", "keys",
    "loc", "lower", "map", "max", "mean", "median", "melt", "merge", "min", "mode", "nlargest", "notna",
    "nsmallest", "nunique", "pivot", "pivot_table", "plot", "pop", "quantile", "query", "read_csv",
    "read_excel", "read_json", "read_parquet", "rename", "replace", "reset_index", "round", "sample",
    "set_index", "shape", "shift", "size", "sort", "sort_index", "sort_values", "split", "startswith",
    "std", "str", "strip", "sum", "tail", "title", "to_csv", "to_datetime", "to_numeric", "tolist",
    "transform", "unique", "unstack", "upper", "value_counts", "values", "var", "where",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One kind of mistake. `fill` gives what the texts have holes for; None where the rule does not fit after all."""

    id: str
    errors: frozenset[str]
    pattern: re.Pattern[str]
    fill: Fill


def find_rule(case: Case) -> tuple[str, Holes] | None:
    """The first rule that fits, and what fills its texts."""
    for rule in RULES:
        found = rule.pattern.search(case.value) if case.name in rule.errors else None
        holes = rule.fill(case, found) if found else None
        if holes is not None:
            return rule.id, holes
    return None


def _groups(case: Case, found: re.Match[str]) -> Holes:
    return {name: text or "" for name, text in found.groupdict().items()}


def _name_near(case: Case, found: re.Match[str]) -> Holes | None:
    near = find_near(found["name"], (*case.names, *LIBRARIES, "pd", "np", "plt", *dir(builtins)))
    return {"name": found["name"], "near": near} if near else None


def _name_as_text(case: Case, found: re.Match[str]) -> Holes | None:
    name = found["name"]
    is_in_brackets = re.search(rf"[\[(,=]\s*{re.escape(name)}\s*[\]),]", case.code)
    return {"name": name} if name in case.columns or (is_in_brackets and "[" in case.code) else None


def _column_near(case: Case, found: re.Match[str]) -> Holes | None:
    near = find_near(found["name"], case.columns)
    return {"name": found["name"], "near": near} if near else None


def _column_listed(case: Case, found: re.Match[str]) -> Holes | None:
    if not case.columns or _asks_for_rows(case):
        return None
    return {"name": found["name"], "columns": ", ".join(f"`{name}`" for name in case.columns[:8])}


def _row(case: Case, found: re.Match[str]) -> Holes | None:
    return {"name": found["name"]} if _asks_for_rows(case) else None


def _asks_for_rows(case: Case) -> bool:
    return ".loc[" in case.code and not re.search(r"\.loc\[[^\]]*,", case.code)


def _attribute(case: Case, found: re.Match[str]) -> dict[str, str]:
    kind = found["kind"]
    return {"name": found["name"], "kind": f"`{kind}`"}


def _attribute_column(case: Case, found: re.Match[str]) -> Holes | None:
    near = find_near(found["name"], case.columns)
    return _attribute(case, found) | {"near": near} if near and found["kind"] == "DataFrame" else None


def _attribute_near(case: Case, found: re.Match[str]) -> Holes | None:
    near = find_near(found["name"], METHODS)
    return _attribute(case, found) | {"near": near} if near else None


def _kind(case: Case, found: re.Match[str]) -> Holes:
    return {"kind": f"`{found['kind']}`"}


def _module_near(case: Case, found: re.Match[str]) -> Holes | None:
    near = find_near(found["name"], (*LIBRARIES, *STANDARD))
    return {"name": found["name"], "near": near} if near else None


def _module(case: Case, found: re.Match[str]) -> Holes:
    return {"name": found["name"], "libraries": ", ".join(f"`{name}`" for name in LIBRARIES)}


def _number_comma(case: Case, found: re.Match[str]) -> Holes | None:
    text = found["text"]
    return {"text": text} if re.fullmatch(r"[\s$€%+-]*\d[\d.,\s]*[\s$€%]*", text) else None


def _rule(id: str, errors: str, pattern: str, fill: Fill = _groups) -> Rule:
    return Rule(id, frozenset(errors.split()), re.compile(pattern, re.DOTALL), fill)


# One key, written alone ('b') or in a list ("['b', 'c'] not in index"), at whose first name we look.
KEY = r"^'(?P<name>[^']*)'$|(?:^|\")(?:None of )?(?:Index\()?\[(?:Index\()?\[?'(?P<listed>[^']*)'"
SYNTAX = "SyntaxError _IncompleteInputError"
NUMBER = r"(?:invalid literal for int\(\) with base \d+|could not convert string to float|Unable to parse string):? ['\"](?P<text>.*?)['\"](?: at position \d+)?$"
LENGTHS = (
    r"does not match length of index|must be of the same length|could not be broadcast|Length mismatch|"
    r"columns passed, passed data had|Item wrong length|same first dimension|shape mismatch|Shape of passed values"
)


def _keyed(fill: Fill) -> Fill:
    """The rule's fill, for a key written alone or in a list."""

    def keyed(case: Case, found: re.Match[str]) -> Holes | None:
        name = found["name"] if found["name"] is not None else found["listed"]
        match = re.fullmatch(r"(?P<name>.*)", name, re.DOTALL)
        return fill(case, match) if match else None

    return keyed


RULES = (
    _rule("name_typo", "NameError", r"name '(?P<name>\w+)' is not defined", _name_near),
    _rule("name_quotes", "NameError", r"name '(?P<name>\w+)' is not defined", _name_as_text),
    _rule("name_missing", "NameError", r"name '(?P<name>\w+)' is not defined"),
    _rule("unbound", "UnboundLocalError", r"local variable '(?P<name>\w+)'"),
    _rule("column_near", "KeyError", KEY, _keyed(_column_near)),
    _rule("column_listed", "KeyError", KEY, _keyed(_column_listed)),
    _rule("row", "KeyError", r"^(?P<name>-?\d+)$"),
    _rule("row", "KeyError", r"Index\(\[(?P<name>[^,\]]+).*are in the \[index\]"),
    _rule("row", "KeyError", KEY, _keyed(_row)),
    _rule("column_unknown", "KeyError", KEY, _keyed(_groups)),
    _rule("attribute_none", "AttributeError", r"'NoneType' object has no attribute '(?P<name>\w+)'"),
    _rule("attribute_column", "AttributeError", r"'(?P<kind>\w+)' object has no attribute '(?P<name>\w+)'", _attribute_column),
    _rule("attribute_near", "AttributeError", r"(?:module )?'(?P<kind>[\w.]+)' (?:object )?has no attribute '(?P<name>\w+)'", _attribute_near),
    _rule("attribute_unknown", "AttributeError", r"(?:module )?'(?P<kind>[\w.]+)' (?:object )?has no attribute '(?P<name>\w+)'", _attribute),
    _rule("accessor", "AttributeError", r"Can only use \.(?P<name>\w+) accessor"),
    _rule("text_and_number", "TypeError", r"can only concatenate str|unsupported operand type\(s\) for \S+: ('int' and 'str'|'str' and 'int'|'float' and 'str'|'str' and 'float')"),
    _rule("text_column_math", "TypeError", r"not supported for dtype 'str'|dtype 'str' does not support|with string dtype|Could not convert .* to numeric"),
    _rule("text_and_number_compared", "TypeError", r"Invalid comparison between dtype=|not supported between instances of '(str|int|float)' and '(str|int|float)'"),
    _rule("argument_missing", "TypeError", r"^(?P<name>[\w.<>]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (?P<missing>.+)$"),
    _rule("arguments_many", "TypeError", r"^(?P<name>[\w.<>]+)\(\) takes .* positional arguments? but .* given"),
    _rule("argument_unknown", "TypeError", r"^(?P<name>[\w.<>]+)\(\) got an unexpected keyword argument '(?P<argument>\w+)'"),
    _rule("not_callable", "TypeError", r"^'(?P<kind>\w+)' object is not callable", _kind),
    _rule("not_subscriptable", "TypeError", r"^'(?P<kind>\w+)' object is not subscriptable", _kind),
    _rule("not_iterable", "TypeError", r"^'(?P<kind>\w+)' object is not iterable", _kind),
    _rule("column_dtype", "TypeError", r"^Invalid value '.*' for dtype"),
    _rule("number_comma", "ValueError", NUMBER, _number_comma),
    _rule("number_text", "ValueError", NUMBER),
    _rule("missing_to_integer", "ValueError IntCastingNaNError", r"cannot convert float NaN to integer|[Cc]annot convert non-finite values"),
    _rule("date_text", "DateParseError ValueError OutOfBoundsDatetime", r"Invalid date specified|unable to parse: |time data .* doesn't match format|Out of bounds"),
    _rule("lengths", "ValueError", LENGTHS),
    _rule("truth", "ValueError", r"truth value of an? (Series|DataFrame|array|Index)"),
    _rule("duplicates", "ValueError", r"duplicate entries, cannot reshape|axis with duplicate labels"),
    _rule("unpack", "ValueError", r"values to unpack"),
    _rule("read_only", "ValueError", r"read-only"),
    _rule("merge_types", "ValueError", r"trying to merge on .* columns for key '(?P<name>[^']*)'"),
    _rule("index", "IndexError", r"out of range|out-of-bounds|out of bounds"),
    _rule("zero", "ZeroDivisionError", r""),
    _rule("syntax_unclosed", SYNTAX, r"^'(?P<mark>[(\[{])' was never closed"),
    _rule("syntax_unmatched", SYNTAX, r"^(?:unmatched|closing parenthesis) '(?P<mark>[)\]}])'"),
    _rule("syntax_colon", SYNTAX, r"^expected ':'"),
    _rule("syntax_quote", SYNTAX, r"^unterminated "),
    _rule("syntax_equals", SYNTAX, r"Maybe you meant '=='|^cannot assign to"),
    _rule("syntax_comma", SYNTAX, r"Perhaps you forgot a comma"),
    _rule("syntax_print", SYNTAX, r"Missing parentheses in call to 'print'"),
    _rule("syntax_character", SYNTAX, r"^invalid (?:non-printable )?character '?(?P<mark>.)"),
    _rule("syntax_number", SYNTAX, r"invalid decimal literal|leading zeros"),
    _rule("syntax_unfinished", SYNTAX, r"^incomplete input|unexpected EOF"),
    _rule("syntax_other", SYNTAX, r"^invalid syntax"),
    _rule("indent_missing", "IndentationError", r"expected an indented block"),
    _rule("indent_extra", "IndentationError", r"unexpected indent"),
    _rule("indent_uneven", "IndentationError TabError", r"unindent does not match|inconsistent use of tabs"),
    _rule("module_near", "ModuleNotFoundError", r"No module named '(?P<name>[\w.]+)'", _module_near),
    _rule("module", "ModuleNotFoundError", r"No module named '(?P<name>[\w.]+)'", _module),
    _rule("file", "FileNotFoundError", r"No such file or directory: '(?P<name>[^']*)'"),
    _rule("encoding", "UnicodeDecodeError", r"'utf-8' codec can't decode"),
    _rule("parser", "ParserError", r"Error tokenizing data|Expected \d+ fields"),
    _rule("empty_file", "EmptyDataError", r"No columns to parse"),
    _rule("merge_columns", "MergeError", r"No common columns"),
    _rule("merge_repeated", "MergeError", r"not unique in (?:left|right|either)"),
    _rule("memory", "MemoryError _ArrayMemoryError ArrowMemoryError", r""),
    _rule("input", "StdinNotImplementedError", r""),
    _rule("recursion", "RecursionError", r""),
)  # fmt: skip
