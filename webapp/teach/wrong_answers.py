"""The kinds of wrong answers at an exercise, in the words that learners were told."""

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup, escape

from courses import Exercise, Language
from graders import say
from webapp.services.insight.records import Cluster, Clusters, ExerciseStudy, Share
from webapp.services.practice.service import describe_choice
from webapp.teach.figures import ShareView, share_view
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline, paragraphs


@dataclass(frozen=True)
class ClusterView:
    """A kind of wrong answer. tag: how it was told from others; share: of the learners that tried the exercise."""

    tag: str
    words: tuple[Markup, ...]
    share: ShareView
    learners: int
    attempts: int
    variants: int
    code_html: Markup


def cluster_views(
    clusters: Clusters, study: ExerciseStudy, exercise: Exercise, language: Language
) -> tuple[ClusterView, ...]:
    return tuple(
        ClusterView(
            tag=cluster_tag(one),
            words=cluster_words(one, exercise, language),
            share=share_view(Share(one.learners, study.learners)),
            learners=one.learners,
            attempts=one.attempts,
            variants=one.variants,
            code_html=highlight_python(one.example) if exercise.kind == "code" else escape(one.example),
        )
        for one in clusters.shown
    )


def cluster_tag(one: Cluster) -> str:
    return {
        "declared": str(_("Respuesta equivocada prevista")),
        "fault": str(_("Se detuvo con un error")),
        "limit": str(_("Se detuvo por un límite")),
        "choice": str(_("Lo que marcaron")),
        "checks": str(_("Comprobaciones que no pasaron")),
    }[one.kind]


def cluster_words(one: Cluster, exercise: Exercise, language: Language) -> tuple[Markup, ...]:
    """What was wrong, as learners were told it, or what they marked."""
    if one.kind == "choice":
        return tuple(inline(line) for line in describe_choice(exercise, one.choice, language))
    if one.kind in ("fault", "limit"):
        return (paragraphs(say(one.report, exercise, language)),)
    failed = [result for result in one.report.checks if result.status != "passed"]
    if one.kind == "declared":
        failed = [result for result in failed if result.wrong_answer_id] or failed
    said = [say(result, exercise, language) for result in failed]
    return tuple(inline(words) for words in dict.fromkeys(said) if words) or (
        paragraphs(say(one.report, exercise, language)),
    )
