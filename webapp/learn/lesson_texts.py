"""Every text that the lesson's scripts may show, by the keys that webapp/frontend/src uses."""

from collections.abc import Mapping

from flask_babel import gettext as _


def script_texts() -> Mapping[str, str]:
    """Texts by key; `%(name)s` stays in place, for the script fills it."""
    return {**saving_texts(), **running_texts(), **exercise_texts(), **panel_texts()}


def saving_texts() -> Mapping[str, str]:
    return {
        "unsaved": _("Cambios sin guardar"),
        "saving": _("Guardando…"),
        "saved_at": _("Guardado a las %(time)s", time="%(time)s"),
        "offline_kept": _("Sin conexión: guardado en este equipo"),
        "unsaved_nowhere": _("Sin guardar: este navegador no deja guardar aquí. No cierres la página"),
        "draft_restored": _("Recuperamos lo que escribiste en este equipo"),
        "saved_elsewhere_at": _("Lo guardado a las %(time)s", time="%(time)s"),
        "signed_out": _("Tu sesión se cerró. Entra de nuevo en otra pestaña; lo escrito sigue en este equipo"),
        "version_aside": _("Lo que dejaste de lado en este equipo"),
        "version_original": _("El código original de la lección"),
        "no_versions": _("Todavía no hay versiones guardadas."),
        "restore": _("Restaurar esta versión"),
    }


def running_texts() -> Mapping[str, str]:
    return {
        "run": _("Ejecutar"),
        "stop": _("Detener"),
        "stopping": _("Deteniendo…"),
        "sending": _("Enviando…"),
        "in_line": _("En fila"),
        "run_unsent": _("No se pudo conectar. Tu código está a salvo; inténtalo de nuevo"),
        "run_offline": _("Sin conexión. Tu código sigue en marcha; sigo intentando"),
        "run_gone": _("No encontramos esa ejecución. Ejecuta de nuevo"),
        "not_reached": _("No se ejecutó: una celda de arriba se detuvo"),
        "offer_cold": _("Tu entorno está vacío y esta celda usa lo que dejan las de arriba."),
        "offer_after_fault": _("Hay celdas de arriba sin ejecutar. Quizá falta lo que ellas dejan."),
    }


def exercise_texts() -> Mapping[str, str]:
    return {
        "check": _("Comprobar"),
        "checking": _("Comprobando…"),
        "choose_first": _("Elige una opción antes de comprobar"),
        "write_first": _("Escribe tu respuesta antes de comprobar"),
        "moved": _("%(text)s: lugar %(place)s de %(of)s", text="%(text)s", place="%(place)s", of="%(of)s"),
        "hint_title": _("Pista %(number)s de %(of)s", number="%(number)s", of="%(of)s"),
        "ask_hint": _("Ver pista %(number)s de %(of)s", number="%(number)s", of="%(of)s"),
    }


def panel_texts() -> Mapping[str, str]:
    return {
        "loading": _("Cargando…"),
        "offline": _("Sin conexión"),
        "restarting": _("Reiniciando tu entorno…"),
        "key_bar": _("Teclas de ayuda"),
        "insert_key": _("Insertar %(key)s", key="%(key)s"),
        **{f"environment_{state}": text for state, text in environment_texts().items()},
    }


def environment_texts() -> Mapping[str, str]:
    """The learner's kernel in a few words, by state."""
    return {
        "none": _("Entorno sin iniciar"),
        "waiting": _("En fila para un entorno"),
        "starting": _("Preparando tu entorno…"),
        "ready": _("Entorno listo"),
        "busy": _("Ejecutando"),
        "resting": _("Tu entorno descansa"),
        "lost": _("Tu entorno se cerró"),
    }
