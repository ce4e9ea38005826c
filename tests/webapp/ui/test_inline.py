"""Authors' short texts become safe HTML."""

from webapp.ui.inline import inline, paragraphs


def test_a_line_has_no_paragraph_around_it() -> None:
    assert inline("Usa `groupby` y **suma**") == "Usa <code>groupby</code> y <strong>suma</strong>"


def test_html_is_shown_not_obeyed() -> None:
    assert "<script>" not in paragraphs("<script>alert(1)</script>")


def test_links_lead_to_sites_only() -> None:
    assert "javascript" not in paragraphs("[x](javascript:alert(1))").replace("[x](javascript:alert(1))", "")
    assert 'href="https://example.org"' in paragraphs("[x](https://example.org)")
