"""Every text that the editor's scripts may show, by the keys that webapp/frontend/src uses."""

from collections.abc import Mapping

from flask_babel import gettext as _


def editor_texts() -> Mapping[str, str]:
    """Texts by key; `%(name)s` stays in place, for the script fills it."""
    return {**saving_texts(), **running_texts(), **desk_texts()}


def saving_texts() -> Mapping[str, str]:
    return {
        "unsaved": _("Cambios sin guardar"),
        "saving": _("Guardando…"),
        "saved_version": _("Guardado a las %(time)s · versión %(number)s", time="%(time)s", number="%(number)s"),
        "saved_merged": _("Guardado, junto con lo que otra persona escribió en otras partes"),
        "offline_kept": _("Sin conexión: guardado en este equipo"),
        "unsaved_nowhere": _("Sin guardar: este navegador no deja guardar aquí. No cierres la página"),
        "draft_restored": _("Recuperamos lo que escribiste en este equipo"),
        "signed_out": _("Tu sesión se cerró. Entra de nuevo en otra pestaña; lo escrito sigue en este equipo"),
        "refused": _("No se guardó todavía"),
    }


def running_texts() -> Mapping[str, str]:
    return {
        "run": _("Ejecutar"),
        "stop": _("Detener"),
        "stopping": _("Deteniendo…"),
        "sending": _("Enviando…"),
        "in_line": _("En fila"),
        "offline": _("Sin conexión"),
        "environment_busy": _("Ejecutando"),
        "run_unsent": _("No se pudo conectar. Tu código está a salvo; inténtalo de nuevo"),
        "run_offline": _("Sin conexión. Tu código sigue en marcha; sigo intentando"),
        "run_gone": _("No encontramos esa ejecución. Ejecuta de nuevo"),
        "not_reached": _("No se ejecutó: una celda de arriba se detuvo"),
        "key_bar": _("Teclas de ayuda"),
        "insert_key": _("Insertar %(key)s", key="%(key)s"),
    }


def desk_texts() -> Mapping[str, str]:
    return {
        "moved": _("«%(name)s»: lugar %(place)s de %(of)s", name="%(name)s", place="%(place)s", of="%(of)s"),
        "deleted": _("Se quitó «%(name)s». Está en el historial, por si lo quieres de vuelta", name="%(name)s"),
        "added": _("Se añadió «%(name)s»", name="%(name)s"),
        "open_block": _("Abrir"),
        "close_block": _("Cerrar"),
        "parts": _("Partes del ejercicio"),
        "proof_done": _("La prueba terminó: %(verdict)s", verdict="%(verdict)s"),
        "lost_form": _("Lo que escribías estaba en una parte que ya no existe. Aquí está tu texto, para que lo copies"),
    }
