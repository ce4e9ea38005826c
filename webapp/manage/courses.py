"""Which courses the school offers."""

from flask import flash, g, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.access import Permission
from webapp.manage import blueprint
from webapp.services.catalogue import service as catalogue
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


@blueprint.post("/administracion/cursos/<course_id>/ocultar")
@door(Permission.CHANGE_OFFER)
def courses_hide(course_id: str) -> Response:
    catalogue.hide_course(g.db, actor=get_person().id, course_id=course_id, now=current_aula().clock())
    flash(_("El curso ya no se ofrece. El trabajo de quienes lo cursan sigue guardado."), "success")
    return redirect(url("manage.status_show"), 303)


@blueprint.post("/administracion/cursos/<course_id>/mostrar")
@door(Permission.CHANGE_OFFER)
def courses_unhide(course_id: str) -> Response:
    catalogue.show_course(g.db, actor=get_person().id, course_id=course_id, now=current_aula().clock())
    flash(_("El curso se ofrece de nuevo."), "success")
    return redirect(url("manage.status_show"), 303)
