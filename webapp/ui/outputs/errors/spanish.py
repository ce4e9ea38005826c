"""Explanations in Spanish, by rule: what happened, and what to try. Text between backticks is code."""

# Sentences read and translate best unbroken.
# ruff: noqa: E501

TEXTS: dict[str, tuple[str, str]] = {
    "name_typo": (
        "Python no conoce `{name}`, pero sí `{near}`.",
        "Quizá es un error de dedo: escribe `{near}`.",
    ),
    "name_quotes": (
        "Python busca una variable llamada `{name}` y no existe.",
        'Si es el nombre de una columna o un texto, ponlo entre comillas: `"{name}"`.',
    ),
    "name_missing": (
        "Todavía no existe nada llamado `{name}`.",
        "Ejecuta primero la celda donde se crea, o revisa cómo está escrito.",
    ),
    "unbound": (
        "La función usa `{name}` antes de darle un valor.",
        "Dale un valor a `{name}` en todas las rutas de la función antes de usarla.",
    ),
    "column_near": (
        "No hay ninguna columna llamada `{name}`.",
        "Python distingue mayúsculas, acentos y espacios: la tuya se llama `{near}`.",
    ),
    "column_listed": (
        "No hay ninguna columna llamada `{name}`.",
        "Las que hay son: {columns}. Copia el nombre tal como aparece.",
    ),
    "column_unknown": (
        "No se encontró la columna o clave `{name}`.",
        "Mira los nombres con `.columns` y copia el que necesitas, con sus mayúsculas y acentos.",
    ),
    "row": (
        "No hay ninguna fila con la etiqueta `{name}`.",
        "Mira las etiquetas con `.index`; para pedir una fila por su posición usa `.iloc`.",
    ),
    "attribute_none": (
        "Pediste `{name}` a algo que está vacío (`None`).",
        "El paso anterior no devolvió nada: suele pasar con `inplace=True` o `.sort()`. Guarda el resultado en una variable.",
    ),
    "attribute_near": (
        "{kind} no tiene nada llamado `{name}`.",
        "¿Quisiste escribir `{near}`?",
    ),
    "attribute_column": (
        "{kind} no tiene nada llamado `{name}`, pero hay una columna `{near}`.",
        'Pídela entre corchetes y comillas: `["{near}"]`.',
    ),
    "attribute_unknown": (
        "{kind} no tiene nada llamado `{name}`.",
        "Revisa cómo está escrito y si el objeto es el que crees: muéstralo con `type(...)`.",
    ),
    "accessor": (
        "`.{name}` solo sirve con columnas de otro tipo.",
        "Mira el tipo con `.dtypes` y conviértela antes: fechas con `pd.to_datetime(...)`, texto con `.astype(str)`.",
    ),
    "text_and_number": (
        "Se mezcló un texto con un número en la misma operación.",
        "Convierte uno de los dos: el número a texto con `str(...)`, o el texto a número con `float(...)`.",
    ),
    "text_column_math": (
        "La columna es de texto y se le pidió una cuenta de números.",
        "Conviértela antes con `pd.to_numeric(...)`, o elige solo las columnas numéricas.",
    ),
    "text_and_number_compared": (
        "Se comparó un texto con un número.",
        "Mira los tipos con `.dtypes` y convierte la columna, por ejemplo con `pd.to_numeric(...)`.",
    ),
    "argument_missing": (
        "A `{name}` le falta un dato: {missing}.",
        "Escríbelo entre los paréntesis.",
    ),
    "arguments_many": (
        "`{name}` recibió más datos de los que acepta.",
        "Quita los que sobran o escríbelos con su nombre, como `nombre=valor`.",
    ),
    "argument_unknown": (
        "`{name}` no acepta un dato llamado `{argument}`.",
        "Revisa cómo se escribe: con `help(...)` ves los nombres que acepta.",
    ),
    "not_callable": (
        "Se puso paréntesis detrás de {kind}, que no es una función.",
        "Para elegir columnas o elementos usa corchetes: `[...]`. Si un nombre como `sum` o `list` quedó ocupado por una variable, reinicia el entorno.",
    ),
    "not_subscriptable": (
        "Se pusieron corchetes detrás de {kind}, que no tiene elementos.",
        "Si es un método, llámalo con paréntesis: `.head(3)`. Si es `None`, revisa el paso que debía dar un resultado.",
    ),
    "not_iterable": (
        "Se quiso recorrer {kind}, que no tiene elementos.",
        "Usa una lista, una columna o `range(...)`.",
    ),
    "number_comma": (
        "El texto `{text}` no se puede leer como número por su coma o sus signos.",
        'Quítalos antes, por ejemplo con `.str.replace(",", "")`; el punto separa los decimales.',
    ),
    "number_text": (
        "El texto `{text}` no se puede leer como número.",
        'Con `pd.to_numeric(..., errors="coerce")` lo que no es número queda vacío.',
    ),
    "missing_to_integer": (
        "Hay valores vacíos y un número entero no puede estar vacío.",
        'Quítalos con `.dropna()`, llénalos con `.fillna(0)` o usa el tipo `"Int64"`.',
    ),
    "date_text": (
        "Un texto no se pudo leer como fecha.",
        'Di cómo está escrita, por ejemplo `pd.to_datetime(..., dayfirst=True)` o con `format="%d/%m/%Y"`.',
    ),
    "lengths": (
        "Se quisieron juntar datos de distinto largo.",
        "Compara los tamaños con `len(...)` o `.shape`: deben ser iguales.",
    ),
    "truth": (
        "Una columna tiene muchos valores de verdad, no uno solo.",
        "Para unir condiciones usa `&` y `|`, cada una entre paréntesis; para preguntar por todas, `.all()` o `.any()`.",
    ),
    "duplicates": (
        "Hay combinaciones repetidas y no se puede saber cuál va en cada lugar.",
        'Agrupa y resume antes, o usa `.pivot_table(..., aggfunc="sum")`.',
    ),
    "unpack": (
        "El número de variables a la izquierda del `=` no coincide con los valores de la derecha.",
        "Pon tantas variables como valores hay.",
    ),
    "read_only": (
        "Esos datos son de solo lectura.",
        "Trabaja sobre una copia con `.copy()`, o cambia la tabla con `.loc[filas, columna] = valor`.",
    ),
    "chained": (
        "El cambio se hizo sobre una copia y tu tabla quedó igual.",
        'Hazlo en un solo paso: `tabla.loc[filas, "columna"] = valor`, o guarda el resultado en la tabla.',
    ),
    "column_dtype": (
        "El valor no es del mismo tipo que la columna.",
        "Convierte antes la columna, por ejemplo con `.astype(str)` o `.astype(float)`.",
    ),
    "index": (
        "Pediste una posición que no existe.",
        "Las posiciones empiezan en 0: la última es el largo menos 1. Mira el largo con `len(...)`.",
    ),
    "zero": (
        "Se dividió entre cero.",
        "Revisa de dónde sale ese cero, o divide solo cuando el divisor no sea cero.",
    ),
    "syntax_unclosed": (
        "Se abrió un `{mark}` y no se cerró.",
        "Agrega su pareja donde termina la expresión.",
    ),
    "syntax_unmatched": (
        "Hay un `{mark}` de más o que no corresponde con el que se abrió.",
        "Cuenta los paréntesis, corchetes y llaves: cada uno necesita su pareja.",
    ),
    "syntax_colon": (
        "Faltan los dos puntos al final.",
        "Las líneas con `if`, `for`, `while` o `def` terminan con `:`.",
    ),
    "syntax_quote": (
        "Un texto se abrió con comillas y no se cerró.",
        "Pon la misma comilla al final del texto.",
    ),
    "syntax_equals": (
        "Un solo `=` guarda un valor; aquí hacía falta comparar, o lo de la izquierda no puede recibir un valor.",
        "Para comparar usa `==`; para guardar, deja a la izquierda solo un nombre.",
    ),
    "syntax_comma": (
        "Parece que falta una coma entre dos valores, o un operador.",
        "Separa los elementos con `,`.",
    ),
    "syntax_print": (
        "`print` necesita paréntesis.",
        "Escribe `print(...)`.",
    ),
    "syntax_character": (
        "El signo `{mark}` no es parte de Python; suele venir de copiar de un documento.",
        'Vuelve a escribirlo con el teclado, por ejemplo comillas rectas: `"`.',
    ),
    "syntax_number": (
        "Hay un número mal escrito, o un nombre que empieza con número.",
        "Los nombres empiezan con letra y los números no llevan ceros al principio.",
    ),
    "syntax_unfinished": (
        "El código se termina antes de tiempo.",
        "Revisa si falta cerrar un paréntesis o escribir lo que sigue.",
    ),
    "syntax_other": (
        "Python no pudo leer esta línea.",
        "Revisa paréntesis, comillas, comas y dos puntos, también en la línea de arriba.",
    ),
    "indent_missing": (
        "Después de una línea que termina en `:` lo que sigue va con sangría.",
        "Pon cuatro espacios al principio de la línea.",
    ),
    "indent_extra": (
        "La línea tiene espacios de más al principio.",
        "Quita los espacios del inicio.",
    ),
    "indent_uneven": (
        "La sangría de esta línea no coincide con ninguna de las de arriba.",
        "Usa siempre cuatro espacios por nivel, sin tabuladores.",
    ),
    "module_near": (
        "No hay ninguna biblioteca llamada `{name}`.",
        "¿Quisiste escribir `import {near}`?",
    ),
    "module": (
        "La biblioteca `{name}` no está instalada aquí.",
        "Aquí puedes usar {libraries} y lo que trae Python.",
    ),
    "file": (
        "No hay ningún archivo llamado `{name}`.",
        'Los datos del curso se abren con `aula.datos("nombre")`; `aula.ruta("nombre")` dice dónde están.',
    ),
    "encoding": (
        "El archivo no está escrito en UTF-8, así que los acentos no se pueden leer.",
        'Prueba con `encoding="latin-1"` al leerlo.',
    ),
    "parser": (
        "El archivo no tiene el mismo número de columnas en todas sus líneas.",
        'Revisa el separador, por ejemplo con `sep=";"`, y la línea que dice el mensaje.',
    ),
    "empty_file": (
        "El archivo está vacío: no hay columnas que leer.",
        "Revisa que sea el archivo correcto.",
    ),
    "merge_columns": (
        "Las dos tablas no tienen ninguna columna con el mismo nombre.",
        "Di cuáles se corresponden con `left_on=` y `right_on=`.",
    ),
    "merge_repeated": (
        "La clave está repetida en una de las tablas y pediste que no lo estuviera.",
        "Busca las repetidas con `.duplicated()` antes de unir, o cambia `validate=`.",
    ),
    "merge_types": (
        "La columna `{name}` es de un tipo en una tabla y de otro en la otra.",
        "Ponlas iguales antes de unir, por ejemplo las dos con `.astype(str)`.",
    ),
    "memory": (
        "La celda pidió más memoria de la que hay.",
        "Trabaja con menos filas o columnas, o revisa si un tamaño salió mucho más grande de lo que querías.",
    ),
    "input": (
        "Aquí no se puede preguntar con `input()`.",
        "Escribe el valor en el código, por ejemplo `edad = 30`.",
    ),
    "recursion": (
        "Una función se llama a sí misma sin terminar nunca.",
        "Revisa en qué caso debe dejar de llamarse.",
    ),
}  # fmt: skip
