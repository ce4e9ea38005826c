"""Right answers in unusual clothes. Each gets full marks."""

from support.corpus.case import SOLUTION, Case

TOTAL = 'total = gastos["monto"].sum()\n'
TASA = "def tasa(parte, todo):\n    return parte / todo if todo else None\n"
RESUMEN = 'resumen = gastos.groupby("ramo", as_index=False)["monto"].sum()\n'

SOURCES: dict[str, str] = {
    "the reference solution": SOLUTION,
    "a whole number of Python": "total = 750\n" + TASA + RESUMEN,
    "a narrow whole number of NumPy": "import numpy as np\ntotal = np.int16(750)\n" + TASA + RESUMEN,
    "a narrow float of NumPy": "import numpy as np\ntotal = np.float32(750)\n" + TASA + RESUMEN,
    "an array without dimensions": "import numpy as np\ntotal = np.array(750.0)\n" + TASA + RESUMEN,
    "a sum in a loop": "total = 0\nfor monto in gastos.monto:\n    total += monto\n" + TASA + RESUMEN,
    "rows in another order": TOTAL + TASA + RESUMEN + 'resumen = resumen.sort_values("monto", ascending=False)\n',
    "rows under other numbers": TOTAL + TASA + RESUMEN + "resumen.index = [7, 8, 9]\n",
    "columns in another order": TOTAL + TASA + RESUMEN + 'resumen = resumen[["monto", "ramo"]]\n',
    "whole numbers where floats were meant": TOTAL + TASA + RESUMEN + 'resumen = resumen.astype({"monto": "int32"})\n',
    "categories for texts": TOTAL + TASA + RESUMEN + 'resumen["ramo"] = resumen["ramo"].astype("category")\n',
    "pandas' own nullable types": TOTAL + TASA + RESUMEN + "resumen = resumen.convert_dtypes()\n",
    "a pivot table": TOTAL + TASA + (
        'resumen = gastos.pivot_table(index="ramo", values="monto", aggfunc="sum").reset_index()\n'
    ),
    "a table made row by row": TOTAL + TASA + (
        'resumen = pd.DataFrame([{"ramo": r, "monto": gastos.loc[gastos.ramo == r, "monto"].sum()} '
        'for r in gastos.ramo.unique()])\n'
    ),
    "a lambda": TOTAL + "tasa = lambda parte, todo: parte / todo if todo else None\n" + RESUMEN,
    "a function with helpers": TOTAL + (
        "def dividir(a, b): return a / b\ndef hay(b): return b != 0\n"
        "def tasa(parte, todo): return dividir(parte, todo) if hay(todo) else None\n"
    ) + RESUMEN,
    "a partial application": TOTAL + (
        "from functools import partial\ndef dividir(nada, parte, todo): return parte / todo if todo else nada\n"
        "tasa = partial(dividir, None)\n"
    ) + RESUMEN,
    "an object that is called": TOTAL + (
        "class Tasa:\n    def __call__(self, parte, todo): return parte / todo if todo else None\ntasa = Tasa()\n"
    ) + RESUMEN,
    "a remembered function": TOTAL + "import functools\n@functools.lru_cache\n" + TASA + RESUMEN,
    "a function that gives NumPy's numbers": TOTAL + (
        "import numpy as np\ndef tasa(parte, todo): return np.float64(parte) / todo if todo else None\n"
    ) + RESUMEN,
    "names with accents": 'añadido = gastos["monto"]\ntotal = añadido.sum()\n' + TASA + RESUMEN,
    "prints on the way": "print('hola')\n" + SOLUTION + "\nprint(resumen)\nresumen.head()",
    "a function that prints": TOTAL + (
        "def tasa(parte, todo):\n    print(parte)\n    return parte / todo if todo else None\n"
    ) + RESUMEN,
    "magics": "%precision 3\n%time x = 1\n" + SOLUTION + "\n!true",
    "a cell magic": "%%time\n" + SOLUTION,
    "an await on the top": "import asyncio\nawait asyncio.sleep(0)\n" + SOLUTION,
    "a thread that helps": (
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n"
        "    total = sum(pool.map(float, gastos.monto))\n"
    ) + TASA + RESUMEN,
    "warnings": "import warnings\nwarnings.warn('cuidado')\n" + SOLUTION,
    "noise on standard error": "import sys\nprint('nota', file=sys.stderr)\n" + SOLUTION,
    "slow, but within the limit": "import time\ntime.sleep(0.7)\n" + SOLUTION,
    "a chart besides": SOLUTION + '\nimport matplotlib.pyplot as plt\nresumen.plot.bar(x="ramo")\nplt.show()',
    "an exception that it catches": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass\n" + SOLUTION,
    "line ends of another system": SOLUTION.replace("\n", "\r\n"),
    "tabs": SOLUTION.replace("    ", "\t"),
    "a byte order mark before the code": "\ufeff" + SOLUTION,
    "help asked": "pd.DataFrame?\n" + SOLUTION,
    "files of its own": 'gastos.to_csv("g.csv", index=False)\ngastos = pd.read_csv("g.csv")\n' + SOLUTION,
}  # fmt: skip

CASES: tuple[Case, ...] = tuple(Case(name, "honest", source) for name, source in SOURCES.items())
