"""Authors' Markdown becomes safe HTML in the reader's language."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from courses import CodeBlock, Language
from courses.complaints import Complaints
from courses.files import Folder
from courses.lesson_text import read_lesson_text

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


SAFE_TAGS = {"h2", "h3", "p", "a", "img", "div", "pre", "code", "span", "math", "mrow", "mtext"}


class TagReader(HTMLParser):
    """Every tag of some HTML with each of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attributes or [("", "")]]


def read(
    text: str, language: Language = "es", pictures: dict[str, bytes] | None = None
) -> tuple[str, list[str], Complaints]:
    """HTML of all prose and statements of a text, its Markdown by block, and the complaints."""
    complaints = Complaints()
    folder = Folder(Path("leccion"), {f"lesson.{language}.md": text.encode(), **(pictures or {})})
    found = read_lesson_text(folder, language, complaints)
    assert found is not None, complaints.problems
    blocks = [block for block in found.blocks if not isinstance(block, CodeBlock)]
    return "\n".join(block.html for block in blocks), [block.markdown for block in blocks], complaints


def html_of(text: str, language: Language = "es") -> str:
    return read(f"(a)=\n## Título\n\n{text}\n", language)[0]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Uno **dos** `tres`", "<p>Uno <strong>dos</strong> <code>tres</code></p>"),
        ("- uno\n- dos", "<ul>\n<li>uno</li>\n<li>dos</li>\n</ul>"),
        ("3. uno", '<ol start="3">'),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<th>a</th>"),
        ("(sub)=\n### Subtítulo", '<h3 id="sub">Subtítulo</h3>'),
        ("[Datos](https://example.org/a)", '<a href="https://example.org/a" rel="noopener noreferrer">Datos</a>'),
        ("[Arriba](#a)", '<a href="#a" rel="noopener noreferrer">Arriba</a>'),
        ("Término\n: Su definición", "<dd>Su definición</dd>"),
        ("Cuesta $5 y luego $6.", "Cuesta $5 y luego $6."),
        ("$x^2$", "<math "),
        ("$$\n\\frac{a}{b}\n$$", '<div><math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'),
        ("```python\nx = 1  # uno\n```", '<span class="c"># uno</span>'),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ],
)
def test_markdown_is_rendered(text: str, html: str) -> None:
    assert html in html_of(text)


@pytest.mark.parametrize(
    ("kind", "es", "en"),
    [
        ("note", "Nota", "Note"),
        ("tip", "Consejo", "Tip"),
        ("important", "Importante", "Important"),
        ("warning", "Cuidado", "Warning"),
    ],
)
def test_a_box_has_its_title_in_the_reader_s_language(kind: str, es: str, en: str) -> None:
    for fence in (":::", "```"):
        text = f"{fence}{{{kind}}}\nCon `código` y $x$.\n{fence}"
        for language, title in (("es", es), ("en", en)):
            found = html_of(text, language)  # type: ignore[arg-type]  # the pairs hold the two languages
            assert f'<div class="admonition {kind}"><p class="admonition-title">{title}</p>' in found
            assert "<code>código</code>" in found
            assert "<math" in found


def test_a_box_may_have_its_own_title() -> None:
    assert '<p class="admonition-title">¿Y si &lt;b&gt;?</p>' in html_of(":::{note} ¿Y si <b>?\nTexto.\n:::")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">a</a>',
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "![a](javascript:alert(1))",
        "![a](https://example.org/pixel.png)",
        ':::{note} "><script>alert(1)</script>\nTexto.\n:::',
        '```python"><script>alert(1)</script>\nx\n```',
        "$\\text{<script>alert(1)</script>}$",
        '(x" onclick="alert(1))=\n### Título',
        "<style>*{display:none}</style>",
        "<iframe src=https://example.org></iframe>",
        "<form action=/salir><button>Salir</button></form>",
    ],
)
def test_nothing_of_an_attack_is_obeyed(attack: str) -> None:
    reader = TagReader()
    reader.feed(html_of(attack))
    assert {tag for tag, _, _ in reader.found} <= SAFE_TAGS
    for _, name, value in reader.found:
        assert not name.startswith("on")
        assert name not in ("href", "src") or value.startswith("#")


def test_a_picture_of_the_lesson_travels_in_the_page() -> None:
    text = "(a)=\n## Título\n\n![Un plano](img/plano.png) ![Otro](img/otro.svg)\n"
    html, _, complaints = read(text, pictures={"img/plano.png": PNG, "img/otro.svg": SVG})
    assert complaints.problems == ()
    assert '<img src="data:image/png;base64,iVBOR' in html
    # A script inside of a picture does not run where the picture is an <img>.
    assert '<img src="data:image/svg+xml;base64,' in html
    assert 'alt="Un plano"' in html


def test_the_markdown_of_a_block_has_no_anchor_and_no_front_matter() -> None:
    _, markdown, _ = read("---\nkernelspec:\n  name: x\n---\n\nHola.\n\n(a)=\n## Título\n\n- uno\n")
    assert markdown == ["Hola.", "## Título\n\n- uno"]


def test_a_dash_or_a_dollar_in_code_is_nobody_s_business() -> None:
    found = html_of('Usa `a -- b`, `"x"` y `$x`.')
    assert "<code>a -- b</code>" in found


@pytest.mark.parametrize(
    "text",
    [
        ":::",
        ":::\n",
        "(",
        "()=",
        "$$",
        "```",
        "[" * 3000,
        "> " * 3000,
        "*" * 5000,
        "![" * 2000,
        "$" * 3000,
        "\x00",
        "- " * 400,
    ],
)
def test_no_text_stops_the_reader(text: str) -> None:
    complaints = Complaints()
    read_lesson_text(Folder(Path("leccion"), {"lesson.es.md": text.encode()}), "es", complaints)
    assert all(one.line is None or one.line >= 1 for one in complaints.problems)
