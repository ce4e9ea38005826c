"""What the checklist of who teaches asks for, from docs/teaching.md: choosing, teaching and following up a class."""

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class Item:
    """id: what a browser remembers a mark by; it never changes."""

    id: str
    text: str


@dataclass(frozen=True)
class Part:
    id: str
    title: str
    items: tuple[Item, ...]


def list_parts() -> tuple[Part, ...]:
    return (
        Part("before", str(_("Antes de la clase")), before()),
        Part("during", str(_("Durante la clase")), during()),
        Part("after", str(_("Después de la clase")), after()),
    )


def before() -> tuple[Item, ...]:
    return (
        Item("need", _("Pregunté qué necesita resolver el grupo en su trabajo, y por eso elegí esta lección.")),
        Item("done", _("Hice la lección completa como participante, y a propósito cometí sus errores más comunes.")),
        Item("proof", _("La prueba de la lección está en verde y es de la versión que voy a dar.")),
        Item("notes", _("Leí las notas para quien enseña y repartí los minutos por sección.")),
        Item("source", _("Sé quién publica los datos, con qué licencia, de qué fechas son y qué les falta.")),
        Item("local", _("Tengo un ejemplo con datos del lugar del grupo: su municipio, su dependencia, su programa.")),
        Item("privacy", _("Si habrá datos de personas, quité o generalicé lo que podría identificar a alguien.")),
        Item("room", _("Probé en el aula la conexión, un equipo como los del grupo y el proyector.")),
        Item("offline", _("Imprimí la hoja de la lección, por si falla la conexión.")),
        Item("access", _("Pregunté quién necesita apoyos: lector de pantalla, letra grande, teclado, más tiempo.")),
        Item("code", _("El grupo está creado y tengo su código a la mano.")),
    )  # fmt: skip


def during() -> tuple[Item, ...]:
    return (
        Item("question", _("Empecé con una pregunta pública que los datos ayudan a contestar, y dije para qué sirve.")),
        Item("mistake", _("Cometí un error a la vista de todo el grupo y leí con calma su mensaje.")),
        Item("hands", _("La mayor parte del tiempo escribió el grupo y no yo.")),
        Item("board", _("Miré el tablero; cuando muchas personas tropezaron en lo mismo, paramos a conversarlo.")),
        Item("names", _("En el proyector no aparecieron nombres ni respuestas de nadie.")),
        Item("help", _("A quien pidió ayuda le hice preguntas; no escribí en su lugar.")),
        Item("limits", _("Con cada cifra dije su fuente y sus límites.")),
        Item("time", _("Cuando faltó tiempo, dejé un ejercicio para después en lugar de correr.")),
        Item("own", _("Cerramos con «Para tu trabajo»: cada persona dijo un uso propio.")),
    )  # fmt: skip


def after() -> tuple[Item, ...]:
    return (
        Item("end", _("Terminé la clase en el tablero.")),
        Item("study", _("Revisé qué ejercicios costaron más en «Cómo va cada ejercicio».")),
        Item("behind", _("Escribí en privado a quien se quedó atrás, con un siguiente paso posible.")),
        Item("absent", _("Mandé la hoja y la dirección de la lección a quien faltó.")),
        Item("improve", _("Anoté en la lección lo que funcionó y lo que no, y sugerí el cambio a quien la escribió.")),
        Item("requests", _("Reuní las peticiones de datos del grupo y a qué institución le toca cada una.")),
        Item("apply", _("Acordamos una aplicación con datos propios y una fecha para verla.")),
        Item("opinion", _("Pedí una cosa que sirvió y una que cambiarían.")),
    )
