"""Explanations in English, by rule: what happened, and what to try. Text between backticks is code."""

# Sentences read and translate best unbroken.
# ruff: noqa: E501

TEXTS: dict[str, tuple[str, str]] = {
    "name_typo": (
        "Python does not know `{name}`, but it knows `{near}`.",
        "It may be a typo: write `{near}`.",
    ),
    "name_quotes": (
        "Python looks for a variable called `{name}` and there is none.",
        "If it is a column's name or a text, put it in quotes: `\"{name}\"`.",
    ),
    "name_missing": (
        "Nothing called `{name}` exists yet.",
        "Run the cell that makes it first, or check how it is written.",
    ),
    "unbound": (
        "The function uses `{name}` before giving it a value.",
        "Give `{name}` a value on every path of the function before using it.",
    ),
    "column_near": (
        "There is no column called `{name}`.",
        "Capitals, accents and spaces count: yours is called `{near}`.",
    ),
    "column_listed": (
        "There is no column called `{name}`.",
        "There are: {columns}. Copy the name as it appears.",
    ),
    "column_unknown": (
        "The column or key `{name}` was not found.",
        "See the names with `.columns` and copy the one you need, capitals and accents included.",
    ),
    "row": (
        "There is no row with the label `{name}`.",
        "See the labels with `.index`; to ask for a row by its position use `.iloc`.",
    ),
    "attribute_none": (
        "You asked for `{name}` of something that is empty (`None`).",
        "The step before gave nothing back: it often happens with `inplace=True` or `.sort()`. Keep the result in a variable.",
    ),
    "attribute_near": (
        "{kind} has nothing called `{name}`.",
        "Did you mean `{near}`?",
    ),
    "attribute_column": (
        "{kind} has nothing called `{name}`, but there is a column `{near}`.",
        'Ask for it in brackets and quotes: `["{near}"]`.',
    ),
    "attribute_unknown": (
        "{kind} has nothing called `{name}`.",
        "Check how it is written and whether the object is what you think: show it with `type(...)`.",
    ),
    "accessor": (
        "`.{name}` only works with columns of another type.",
        "See the type with `.dtypes` and convert first: dates with `pd.to_datetime(...)`, text with `.astype(str)`.",
    ),
    "text_and_number": (
        "A text and a number were mixed in one operation.",
        "Convert one of them: the number to text with `str(...)`, or the text to a number with `float(...)`.",
    ),
    "text_column_math": (
        "The column is text and was asked for arithmetic.",
        "Convert it first with `pd.to_numeric(...)`, or choose the numeric columns only.",
    ),
    "text_and_number_compared": (
        "A text was compared with a number.",
        "See the types with `.dtypes` and convert the column, for example with `pd.to_numeric(...)`.",
    ),
    "argument_missing": (
        "`{name}` lacks something: {missing}.",
        "Write it between the parentheses.",
    ),
    "arguments_many": (
        "`{name}` was given more than it takes.",
        "Remove what is too much or write it by name, as in `name=value`.",
    ),
    "argument_unknown": (
        "`{name}` takes nothing called `{argument}`.",
        "Check how it is written: `help(...)` shows the names it takes.",
    ),
    "not_callable": (
        "Parentheses were put after {kind}, which is not a function.",
        "To choose columns or elements use brackets: `[...]`. If a name such as `sum` or `list` was taken by a variable, restart the session.",
    ),
    "not_subscriptable": (
        "Brackets were put after {kind}, which has no elements.",
        "If it is a method, call it with parentheses: `.head(3)`. If it is `None`, check the step that should give a result.",
    ),
    "not_iterable": (
        "You tried to go through {kind}, which has no elements.",
        "Use a list, a column or `range(...)`.",
    ),
    "number_comma": (
        "The text `{text}` cannot be read as a number because of its comma or signs.",
        'Remove them first, for example with `.str.replace(",", "")`; the point separates decimals.',
    ),
    "number_text": (
        "The text `{text}` cannot be read as a number.",
        'With `pd.to_numeric(..., errors="coerce")` what is not a number is left empty.',
    ),
    "missing_to_integer": (
        "Some values are missing, and a whole number cannot be missing.",
        'Remove them with `.dropna()`, fill them with `.fillna(0)` or use the type `"Int64"`.',
    ),
    "date_text": (
        "A text could not be read as a date.",
        'Say how it is written, for example `pd.to_datetime(..., dayfirst=True)` or with `format="%d/%m/%Y"`.',
    ),
    "lengths": (
        "Data of different lengths were put together.",
        "Compare the sizes with `len(...)` or `.shape`: they must be equal.",
    ),
    "truth": (
        "A column has many truth values, not one.",
        "To join conditions use `&` and `|`, each in parentheses; to ask about all of them, `.all()` or `.any()`.",
    ),
    "duplicates": (
        "Some combinations are repeated, so which one goes in each place is not known.",
        'Group and summarise first, or use `.pivot_table(..., aggfunc="sum")`.',
    ),
    "unpack": (
        "The number of variables left of the `=` differs from the values on its right.",
        "Write as many variables as there are values.",
    ),
    "read_only": (
        "Those data are read-only.",
        "Work on a copy with `.copy()`, or change the table with `.loc[rows, column] = value`.",
    ),
    "chained": (
        "The change was made on a copy and your table stayed the same.",
        'Do it in one step: `table.loc[rows, "column"] = value`, or keep the result in the table.',
    ),
    "column_dtype": (
        "The value is not of the column's type.",
        "Convert the column first, for example with `.astype(str)` or `.astype(float)`.",
    ),
    "index": (
        "You asked for a position that does not exist.",
        "Positions start at 0: the last one is the length less 1. See the length with `len(...)`.",
    ),
    "zero": (
        "Something was divided by zero.",
        "Find where that zero comes from, or divide only where the divisor is not zero.",
    ),
    "syntax_unclosed": (
        "A `{mark}` was opened and not closed.",
        "Add its partner where the expression ends.",
    ),
    "syntax_unmatched": (
        "There is one `{mark}` too many, or it does not match the one that was opened.",
        "Count parentheses, brackets and braces: each needs its partner.",
    ),
    "syntax_colon": (
        "The colon at the end is missing.",
        "Lines with `if`, `for`, `while` or `def` end with `:`.",
    ),
    "syntax_quote": (
        "A text was opened with a quote and not closed.",
        "Put the same quote at the end of the text.",
    ),
    "syntax_equals": (
        "A single `=` stores a value; here a comparison was needed, or what is on its left cannot take a value.",
        "To compare use `==`; to store, leave only a name on the left.",
    ),
    "syntax_comma": (
        "A comma between two values seems to be missing, or an operator.",
        "Separate the elements with `,`.",
    ),
    "syntax_print": (
        "`print` needs parentheses.",
        "Write `print(...)`.",
    ),
    "syntax_character": (
        "The sign `{mark}` is not part of Python; it often comes from copying out of a document.",
        'Type it again on the keyboard, for example straight quotes: `"`.',
    ),
    "syntax_number": (
        "A number is badly written, or a name starts with a digit.",
        "Names start with a letter, and numbers have no zeros in front.",
    ),
    "syntax_unfinished": (
        "The code ends too soon.",
        "See whether a parenthesis is not closed or something should follow.",
    ),
    "syntax_other": (
        "Python could not read this line.",
        "Check parentheses, quotes, commas and colons, on the line above too.",
    ),
    "indent_missing": (
        "After a line that ends in `:` what follows is indented.",
        "Put four spaces at the beginning of the line.",
    ),
    "indent_extra": (
        "The line has spaces too many at its beginning.",
        "Remove the spaces at the start.",
    ),
    "indent_uneven": (
        "This line's indentation matches none of those above.",
        "Always use four spaces for each level, and no tabs.",
    ),
    "module_near": (
        "There is no library called `{name}`.",
        "Did you mean `import {near}`?",
    ),
    "module": (
        "The library `{name}` is not installed here.",
        "Here you can use {libraries} and what comes with Python.",
    ),
    "file": (
        "There is no file called `{name}`.",
        "The course's data are opened with `aula.data(\"name\")`; `aula.path(\"name\")` says where they are.",
    ),
    "encoding": (
        "The file is not written in UTF-8, so its accents cannot be read.",
        'Try `encoding="latin-1"` when reading it.',
    ),
    "parser": (
        "The file does not have the same number of columns on every line.",
        'Check the separator, for example with `sep=";"`, and the line that the message names.',
    ),
    "empty_file": (
        "The file is empty: there are no columns to read.",
        "Check that it is the right file.",
    ),
    "merge_columns": (
        "The two tables have no column of the same name.",
        "Say which ones correspond with `left_on=` and `right_on=`.",
    ),
    "merge_repeated": (
        "The key is repeated in one of the tables and you asked that it not be.",
        "Look for repeated ones with `.duplicated()` before merging, or change `validate=`.",
    ),
    "merge_types": (
        "The column `{name}` is of one type in one table and of another in the other.",
        "Make them equal before merging, for example both with `.astype(str)`.",
    ),
    "memory": (
        "The cell asked for more memory than there is.",
        "Work with fewer rows or columns, or check whether a size came out much larger than you meant.",
    ),
    "input": (
        "Asking with `input()` is not possible here.",
        "Write the value in the code, for example `age = 30`.",
    ),
    "recursion": (
        "A function calls itself without ever ending.",
        "Check in which case it should stop calling itself.",
    ),
}  # fmt: skip
