"""A picture put into a lesson in preparation, with what it says to who does not see it."""

import base64
from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from courses import LARGEST_PICTURE, Refused, read_texts
from webapp.access import Permission
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.manuscripts.service import Overtaken
from webapp.teach import blueprint
from webapp.teach.editor import BASE, find
from webapp.teach.editor_desk import open_desk, page_of
from webapp.teach.editor_forms import place_after
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import add_error
from webapp.ui.uploads import takes_file
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

LARGEST = 2 * 2**20
LONGEST_ALT = 600


class ImageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    picture = FileField(_l("Imagen"), [FileRequired(_l("Elige un archivo."))])
    alt_es = TextAreaField(
        _l("Qué dice la imagen, en español"),
        [InputRequired(_l("Describe la imagen en español.")), Length(max=LONGEST_ALT)],
    )
    alt_en = TextAreaField(
        _l("Qué dice la imagen, en inglés"),
        [InputRequired(_l("Describe la imagen en inglés.")), Length(max=LONGEST_ALT)],
    )
    after = HiddenField()


@blueprint.get(f"{BASE}/imagen")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_picture(manuscript: Manuscript) -> str:
    return image_page(manuscript, ImageForm(formdata=None, after=request.args.get("after", "")))


@blueprint.post(f"{BASE}/imagen")
@takes_file(LARGEST)
@door(Permission.WRITE_LESSONS, find)
def manuscripts_illustrate(manuscript: Manuscript) -> BaseResponse | tuple[str, int]:
    form = ImageForm()
    if form.validate_on_submit() and add_image(manuscript, form):
        flash(_("La imagen está en la lección."), "success")
        address = url("teach.manuscripts_show", manuscript_id=manuscript.id)
        return redirect(f"{address}#block-{form.after.data}" if form.after.data else address, 303)
    return image_page(manuscript, form), 422


def add_image(manuscript: Manuscript, form: ImageForm) -> bool:
    """Whether it could be put in; why not stands beside its field."""
    try:
        manuscripts.save(
            g.db, manuscript.id, catalogue=current_aula().catalogue, actor_id=get_person().id, base=manuscript.head,
            change=image_change(manuscript, form), now=current_aula().clock(),
        )  # fmt: skip
    except Refused as refused:
        add_error(form, form.picture, refused.message.for_language(g.language))
        return False
    except Overtaken:
        add_error(form, None, _("Otra persona guardaba en este momento. Envía la imagen otra vez."))
        return False
    return True


def image_change(manuscript: Manuscript, form: ImageForm) -> Mapping[str, Any]:
    files = manuscripts.read_files(g.db, manuscript.id)
    return {
        "do": "image.add",
        "name": form.picture.data.filename or "imagen",
        "content_base64": base64.b64encode(form.picture.data.read()).decode(),
        "alt": {"es": form.alt_es.data.strip(), "en": form.alt_en.data.strip()},
        **place_after(form.after.data or "", read_texts(files)),
    }


def image_page(manuscript: Manuscript, form: ImageForm) -> str:
    return render_template(
        "teach/editor/image.html", page=page_of(open_desk(manuscript)), form=form, most_bytes=LARGEST_PICTURE
    )
