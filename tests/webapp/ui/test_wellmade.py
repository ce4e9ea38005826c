"""The look that tests take at every page sees what is wrong with one."""

import pytest
from support.wellmade import faults_of

GOOD = """<html lang="es"><head><title>Datos · Aula Abierta</title></head><body><h1>Datos</h1>
<h2 id="a">Uno</h2><a href="#a">Uno</a><img src="x" alt=""><label for="b">B</label><input id="b">
<label><input type="checkbox">C</label><section aria-labelledby="a"></section><button aria-label="Cerrar"></button>
<dialog><h2></h2></dialog><form method="post"><input type="hidden" name="csrf_token"></form></body></html>"""


def test_a_good_page_has_no_faults() -> None:
    assert faults_of(GOOD, language="es") == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('lang="es"', 'lang="en"', "its language is en"),
        ("Datos · Aula Abierta", "Datos", 'its title is "Datos"'),
        ("<h1>Datos</h1>", "", "it has 0 first headings"),
        ("<h1>Datos</h1>", "<h1>Datos</h1><h1>Otra</h1>", "it has 2 first headings"),
        ("<h2 id", "<h4>x</h4><h2 id", "a heading of level 4 follows one of level 1"),
        ("Uno</h2>", "</h2>", "an empty h2"),
        ('<input id="b">', '<input id="a">', 'id "a" is there twice'),
        ('href="#a"', 'href="#z"', 'the link to "#z" leads nowhere'),
        ('aria-labelledby="a"', 'aria-labelledby="z"', 'aria-labelledby="z" leads nowhere'),
        ('for="b"', "", "<input id='b'> has no label"),
        (' alt=""', "", "<img src='x'> has no description"),
        (' aria-label="Cerrar"', "", "<button > has no name"),
        ('name="csrf_token"', "", 'a form without a token:  method="post"><input type="hidden" >'),
    ],
)
def test_a_fault_is_named(good: str, bad: str, fault: str) -> None:
    assert good in GOOD
    assert fault in faults_of(GOOD.replace(good, bad), language="es")
