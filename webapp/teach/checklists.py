"""The checklist of who teaches: before, during and after a class. Its marks stay in the reader's own browser."""

from flask import render_template

from webapp.access import Permission
from webapp.teach import blueprint
from webapp.teach.checklist_page import list_parts
from webapp.ui.doors import door


@blueprint.get("/taller/lista-de-cotejo")
@door(Permission.TEACH_CLASS)
def checklists_show() -> str:
    return render_template("teach/classes/checklist.html", parts=list_parts())
