"""What reports on Otter's assignments say, in Spanish and English: sentences by code."""

from collections.abc import Mapping

from courses import Language
from graders.nbgrader import words as nbgrader
from graders.otter.marks import CaseMark, Mark
from graders.report import Warning

SPANISH: Mapping[str, str] = {
    **nbgrader.SPANISH,
    "partial": "Tu respuesta pasó una parte de las pruebas.",
    "check_at_end": "Falta la celda que comprueba {cell}. Sus pruebas se ejecutaron al final.",
    "cell_restored": "Una celda de {cell} no se puede cambiar. Se calificó con su texto original.",
    "cell_put_back": "Faltaba una celda de {cell}, que no se puede borrar. Se puso otra vez en su lugar.",
}
ENGLISH: Mapping[str, str] = {
    **nbgrader.ENGLISH,
    "partial": "Your answer passed a part of the tests.",
    "check_at_end": "The cell that checks {cell} is missing. Its tests ran at the end.",
    "cell_restored": "A cell of {cell} cannot be changed. It was graded with its original text.",
    "cell_put_back": "A cell of {cell} was missing and cannot be deleted. It was put back in its place.",
}


def say(told: CaseMark | Warning, language: Language) -> str:
    """A case's mark or a warning as a sentence; the author's own where there is one and learners may see the test."""
    if isinstance(told, Warning):
        return _sentences(language)[told.code].format(cell=told.cell_id, **told.fields)
    own = told.case.success_message if told.status == "passed" else told.case.failure_message
    if own and not told.case.is_hidden and told.status in ("passed", "failed"):
        return own
    return _sentences(language)[told.code].format(cell=told.case.name, **told.fields)


def say_mark(mark: Mark, language: Language) -> str:
    """A question's mark as a sentence: its first case's that was lost, where that says it."""
    lost = next((one for one in mark.cases if one.status != "passed"), None)
    if lost is not None and mark.status not in ("partial", "passed"):
        return say(lost, language)
    return _sentences(language)[mark.status]


def _sentences(language: Language) -> Mapping[str, str]:
    return SPANISH if language == "es" else ENGLISH
