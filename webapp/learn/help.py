"""Pages of help: how lessons work, the keyboard, accessibility."""

from flask import render_template

from webapp.learn import blueprint
from webapp.ui.doors import public


@blueprint.get("/ayuda")
@public
def help_show() -> str:
    return render_template("learn/help/show.html")


@blueprint.get("/ayuda/atajos")
@public
def help_shortcuts() -> str:
    return render_template("learn/help/shortcuts.html")


@blueprint.get("/ayuda/accesibilidad")
@public
def help_accessibility() -> str:
    return render_template("learn/help/accessibility.html")
