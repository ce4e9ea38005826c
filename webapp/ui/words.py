"""Refusals in the reader's language: status, a heading, and a sentence that says what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

Text: TypeAlias = str | LazyString


@dataclass(frozen=True)
class Wording:
    status: int
    title: Text
    detail: Text


NOT_FOUND = _l("No encontramos esa página")
NOT_SAVED = _l("No se guardó")
NOT_NOW = _l("Ahora no se puede")

# By the code of a refusal or of a failed write.
REFUSALS: Mapping[str, Wording] = {
    "disk_full": Wording(507, NOT_SAVED, _l("El disco del sitio está lleno, así que no se guardó nada. Lo que escribiste sigue en esta página; avisa a quien administra el sitio.")),
    "database_busy": Wording(503, NOT_SAVED, _l("El sitio está ocupado y no pudo guardar. Espera unos segundos e inténtalo de nuevo.")),
    "database_away": Wording(503, NOT_NOW, _l("El sitio no puede leer ni guardar en este momento. Inténtalo de nuevo en un minuto.")),
    "kernels_away": Wording(503, NOT_NOW, _l("Los entornos donde corre el código no responden. Es una falla nuestra; inténtalo de nuevo en un momento.")),
    "stale_draft": Wording(409, NOT_SAVED, _l("Esta celda cambió en otra pestaña o en otro equipo. No se sobrescribió nada.")),
    "too_large": Wording(413, NOT_SAVED, _l("El texto es demasiado largo para guardarlo. Acórtalo y vuelve a intentar.")),
    "upload_too_large": Wording(413, _l("El archivo es demasiado grande"), _l("Pesa más de 20 MB, así que no se recibió y no cambió nada. Deja fuera videos y datos, reduce las imágenes o divide el curso, y súbelo de nuevo.")),
    "bad_text": Wording(422, NOT_SAVED, _l("El texto tiene caracteres que no se pueden guardar. Quítalos y vuelve a intentar.")),
    "bad_choice": Wording(422, NOT_NOW, _l("Elige una de las opciones antes de comprobar.")),
    "empty_answer": Wording(422, NOT_NOW, _l("Escribe tu respuesta antes de comprobar.")),
    "too_long": Wording(422, NOT_NOW, _l("Tu respuesta pasa de lo que se pide. Acórtala y vuelve a intentar.")),
    "cell_locked": Wording(409, NOT_SAVED, _l("Esta celda se ejecuta, pero no se edita.")),
    "unknown_cell": Wording(404, NOT_FOUND, _l("Esa celda ya no está en la lección. Recarga la página.")),
    "unknown_exercise": Wording(404, NOT_FOUND, _l("Ese ejercicio ya no está en la lección. Recarga la página.")),
    "unknown_run": Wording(404, NOT_FOUND, _l("No encontramos esa ejecución. Ejecuta la celda de nuevo.")),
    "unknown_table": Wording(404, NOT_FOUND, _l("Esa tabla ya no está en memoria. Ejecuta la celda que la crea.")),
    "no_hints": Wording(404, NOT_FOUND, _l("Este ejercicio no tiene pistas.")),
    "no_kernel": Wording(409, NOT_NOW, _l("Tu entorno descansa. Ejecuta las celdas de arriba para despertarlo.")),
    "kernel_busy": Wording(409, NOT_NOW, _l("Se está ejecutando una celda. Espera a que termine o detenla.")),
    "solution_locked": Wording(403, NOT_NOW, _l("La solución se abre al superar el ejercicio o después de tres intentos distintos.")),
    "dataset_changed": Wording(409, NOT_NOW, _l("Los datos de esta lección no son los originales, así que no se ejecuta con ellos.")),
    "key_missing": Wording(400, NOT_NOW, _l("La petición llegó incompleta. Recarga la página e inténtalo de nuevo.")),
    "key_reused": Wording(422, NOT_NOW, _l("Esa petición ya se usó para otra cosa. Recarga la página.")),
    "unknown_course": Wording(404, _l("No encontramos ese curso"), _l("Puede que ya no se ofrezca. Mira los que hay en el catálogo.")),
    "id_taken": Wording(409, NOT_SAVED, _l("Ya hay un curso o una lección con ese identificador. Elige otro.")),
    "written_elsewhere": Wording(403, NOT_SAVED, _l("Ese curso es de otra persona. Elige uno tuyo o crea otro.")),
    "course_overtaken": Wording(409, NOT_SAVED, _l("Otra persona guardó este curso mientras tanto. Recarga la página y vuelve a hacer tu cambio.")),
    "unknown_manuscript": Wording(404, NOT_FOUND, _l("Esa lección ya no está en el taller. Mira las que hay en tu lista.")),
    "unknown_version": Wording(404, NOT_FOUND, _l("Esa versión no existe. Mira las que hay en el historial.")),
    "unknown_proof": Wording(404, NOT_FOUND, _l("Esa prueba no existe. Pide a quien te dio la dirección que la revise.")),
    "last_author": Wording(409, NOT_SAVED, _l("Quien empezó la lección no puede dejar de ser su autor.")),
    "not_proved": Wording(409, _l("No se publicó"), _l("La versión de ahora no tiene una prueba en verde. Pulsa «Probar lección» y corrige lo que diga.")),
    "unreadable_lesson": Wording(422, NOT_NOW, _l("La lección no se puede leer como está. Corrige primero lo que se señala en sus archivos.")),
    "overtaken": Wording(409, NOT_SAVED, _l("Otra persona cambió lo mismo mientras tanto. No se sobrescribió nada.")),
    "undecided": Wording(422, NOT_SAVED, _l("Falta elegir cuál queda en alguna parte que cambió en las dos. Elige y vuelve a guardar.")),
    "no_base": Wording(409, NOT_NOW, _l("No se guardó la versión con la que empezó esta copia, así que no se puede comparar.")),
    "unknown_suggestion": Wording(404, NOT_FOUND, _l("Esa sugerencia no existe. Mira las que hay en la lista de la lección.")),
    "no_original": Wording(409, NOT_NOW, _l("Esta lección no salió de otra, así que no hay a quién sugerirle cambios.")),
    "nothing_to_suggest": Wording(422, NOT_NOW, _l("Tu lección dice lo mismo que la original. Cambia algo y vuelve a sugerir.")),
    "already_suggested": Wording(409, NOT_NOW, _l("Ya hay una sugerencia de esta lección sin respuesta. Espera la respuesta o retírala.")),
    "suggestion_closed": Wording(409, NOT_NOW, _l("La sugerencia ya se contestó o se retiró. Recarga la página para verla.")),
    "bad_suggestion_words": Wording(422, _l("Falta el motivo"), _l("Escribe el motivo, con hasta 2000 caracteres.")),
    "unknown_class": Wording(404, _l("No encontramos esa clase"), _l("Puede que sea de otro grupo. Revisa la dirección o mira las clases de tu grupo.")),
    "class_over": Wording(409, NOT_NOW, _l("La clase ya terminó, así que no se pudo avisar. Escribe a tu docente.")),
    "unknown_cohort": Wording(404, _l("No encontramos ese grupo"), _l("Revisa la dirección o busca el grupo en tu lista.")),
    "unknown_code": Wording(422, _l("Ningún grupo tiene ese código"), _l("Ningún grupo tiene ese código. Revísalo con quien te lo dio.")),
    "bad_cohort_name": Wording(422, _l("Falta el nombre del grupo"), _l("Escribe un nombre de hasta 120 caracteres.")),
    "bad_late_policy": Wording(422, _l("Revisa las fechas de entrega"), _l("Los porcentajes van de 0 a 100 y el margen, de 0 a 720 horas.")),
    "attempts_spent": Wording(409, NOT_NOW, _l("Ya usaste todos los intentos de este ejercicio. Lo que escribes se guarda, pero no se comprueba más; si algo no te parece correcto, pide una revisión en «Mis intentos».")),
    "own_work": Wording(403, _l("Es tu propio trabajo"), _l("Nadie califica ni revisa su propio trabajo. Pídelo a otra persona del equipo docente.")),
    "not_graded": Wording(409, NOT_NOW, _l("Este intento todavía no tiene resultado. Espera a que termine de comprobarse.")),
    "bad_mark": Wording(422, _l("Revisa la calificación"), _l("Elige un nivel en cada criterio y escribe puntos entre 0 y los del ejercicio.")),
    "bad_comment": Wording(422, _l("Revisa el comentario"), _l("Escribe un comentario de hasta 4000 caracteres.")),
    "mark_conflict": Wording(409, NOT_SAVED, _l("Otra persona calificó este trabajo mientras tanto. No se sobrescribió nada.")),
    "marks_are_in": Wording(409, NOT_NOW, _l("Ya están las dos calificaciones de este trabajo. Desde aquí solo la cambia quien modera.")),
    "not_moderator": Wording(403, NOT_NOW, _l("Modera una tercera persona, cuando ya están las dos calificaciones.")),
    "bad_reason": Wording(422, _l("Falta el motivo"), _l("Escribe por qué pides la revisión, con hasta 500 caracteres.")),
    "review_asked": Wording(409, NOT_NOW, _l("Ya pediste una revisión de este intento. La respuesta aparece en esta página.")),
    "too_many_reviews": Wording(409, NOT_NOW, _l("Tienes tres revisiones sin respuesta. Espera a que contesten una para pedir otra.")),
    "unknown_review": Wording(404, NOT_FOUND, _l("De este intento no se ha pedido revisión.")),
    "review_closed": Wording(409, NOT_NOW, _l("Otra persona ya contestó esta revisión. Recarga la página para verla.")),
    "unknown_regrade": Wording(404, NOT_FOUND, _l("Busca la recalificación en la lista.")),
    "nothing_to_regrade": Wording(422, NOT_NOW, _l("No hay intentos calificados que cumplan eso. Elige otra lección, o todos los intentos.")),
    "nothing_to_apply": Wording(422, NOT_NOW, _l("Así no cambiaría ninguna calificación, de modo que no se escribió nada.")),
    "regrade_not_ready": Wording(409, NOT_NOW, _l("La recalificación ya terminó, se detuvo o todavía no está lista. Recarga la página.")),
    "stale_regrade": Wording(409, NOT_NOW, _l("La lección o sus datos cambiaron después del ensayo, así que no se aplicó nada. Empieza otro ensayo.")),
    "unknown_person": Wording(404, _l("No encontramos a esa persona"), _l("Búscala por su nombre o su correo en la lista de personas.")),
    "unknown_institution": Wording(422, _l("No encontramos esa institución"), _l("Elige una institución de la lista.")),
    "own_role": Wording(409, NOT_NOW, _l("No puedes cambiar tu propio rol ni cerrar tu propia cuenta. Pídelo a otra persona que administre el sitio.")),
    "bad_email": Wording(422, _l("Revisa el correo"), _l("Escribe un correo completo, por ejemplo ana@ejemplo.gob.mx.")),
    "bad_name": Wording(422, _l("Revisa el nombre"), _l("Escribe tu nombre como quieres que aparezca, con hasta 120 caracteres.")),
    "email_taken": Wording(422, _l("No se pudo abrir la cuenta"), _l("No se pudo abrir la cuenta con este correo. Si ya tienes una, entra o pide una contraseña nueva.")),
    "password_short": Wording(422, _l("Elige otra contraseña"), _l("Usa al menos 10 caracteres. Varias palabras seguidas funcionan bien.")),
    "password_long": Wording(422, _l("Elige otra contraseña"), _l("Usa 200 caracteres como máximo.")),
    "password_common": Wording(422, _l("Elige otra contraseña"), _l("Esa contraseña es de las primeras que se prueban. Elige otra, por ejemplo varias palabras seguidas.")),
    "password_plain": Wording(422, _l("Elige otra contraseña"), _l("Esa contraseña repite casi siempre lo mismo. Elige otra, por ejemplo varias palabras seguidas.")),
    "password_personal": Wording(422, _l("Elige otra contraseña"), _l("Tu nombre y tu correo son fáciles de adivinar. Elige otra contraseña.")),
    "dead_link": Wording(404, _l("Este enlace ya no sirve"), _l("Se usó o ya venció. Pide uno nuevo.")),
    "not_invited": Wording(403, _l("La invitación es para otra cuenta"), _l("Sal de esta cuenta y entra con el correo al que llegó la invitación.")),
    "csrf": Wording(400, _l("La página estuvo abierta mucho tiempo"), _l("Por seguridad no se hizo nada. Vuelve, recarga la página e inténtalo de nuevo.")),
}  # fmt: skip

# By status, for what has no code of its own.
STATUSES: Mapping[int, Wording] = {
    400: Wording(400, _l("No entendimos la petición"), _l("Vuelve a la página anterior e inténtalo de nuevo.")),
    401: Wording(401, _l("Entra para seguir"), _l("Tu sesión se cerró o todavía no entras. Entra e inténtalo de nuevo.")),
    403: Wording(403, _l("No tienes acceso"), _l("Tu cuenta no tiene permiso para esto. Si lo necesitas, pídelo a quien administra el sitio.")),
    404: Wording(404, NOT_FOUND, _l("Puede que la dirección esté mal escrita o que la página ya no exista.")),
    405: Wording(405, _l("Esta dirección no se abre así"), _l("Vuelve a la página anterior y usa sus botones.")),
    409: Wording(409, NOT_NOW, _l("Algo cambió mientras tanto. Recarga la página e inténtalo de nuevo.")),
    413: Wording(413, _l("Es demasiado grande"), _l("Lo que enviaste pasa del tamaño permitido. No se guardó nada de ello.")),
    415: Wording(415, _l("No entendimos la petición"), _l("Lo que enviaste no tiene el formato que esperamos.")),
    422: Wording(422, _l("Revisa lo que enviaste"), _l("Algo de lo que enviaste no se puede usar. Corrígelo e inténtalo de nuevo.")),
    429: Wording(429, _l("Demasiados intentos"), _l("Espera unos minutos antes de intentarlo de nuevo.")),
    500: Wording(500, _l("Algo falló de nuestro lado"), _l("No se guardó lo último que hiciste. Ya quedó registrado; inténtalo de nuevo en un momento.")),
    503: Wording(503, NOT_NOW, _l("El sitio no puede atender esto en este momento. Inténtalo de nuevo en un minuto.")),
    507: Wording(507, NOT_SAVED, _l("No queda espacio para guardar. Avisa a quien administra el sitio.")),
}  # fmt: skip


def word_status(status: int) -> Wording:
    """What to say of an answer; of one without words of its own, what its hundred says."""
    near = STATUSES.get(status) or STATUSES[500 if status >= 500 else 400]
    return replace(near, status=status)


def word_code(code: str) -> Wording:
    """What to say of a refusal. A code that nobody has put in words says that something could not be used."""
    return REFUSALS.get(code, STATUSES[422])


def sentence(code: str) -> str:
    """The sentence alone, for a field of a form."""
    return str(word_code(code).detail)
