"""The one look of each code that pages show often: its tone, its icon, its word. Colour never speaks alone.

Macros ask by code; an unknown code is refused. Labels of rooms may be given instead of the word.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.components import one_of

Look = tuple[str, str, Any]

LOOKS: dict[str, dict[str, Look]] = {
    "meteo": {
        "good": ("ok", "sun", _("Va bien")),
        "support": ("sun", "cloud-sun", _("À appuyer")),
        "trouble": ("late", "cloud-lightning-rain", _("En difficulté")),
        "": ("neutral", "question-circle", _("Sans météo")),
    },
    "phase": {
        "planned": ("neutral", "hourglass", _("À venir")),
        "started": ("sky", "play-circle", _("En cours")),
        "suspended": ("sun", "pause-circle", _("Suspendue")),
        "finished": ("ok", "check2-circle", _("Terminée")),
        "late": ("late", "exclamation-triangle", _("En retard")),
    },
    "step_state": {
        "todo": ("neutral", "circle", _("À faire")),
        "doing": ("sky", "circle-half", _("En cours")),
        "done": ("ok", "check-circle-fill", _("Faite")),
        "dropped": ("neutral", "slash-circle", _("Abandonnée")),
        "blocked": ("sun", "lock", _("Bloquée")),
        "late": ("late", "exclamation-triangle", _("En retard")),
    },
    "role": {
        "": ("neutral", "building", ""),
        "lead": ("spruce", "flag", _("responsable")),
        "fiscal_agent": ("neutral", "cash-coin", _("fiduciaire")),
        "partner": ("neutral", "people", _("partenaire")),
        "to_contact": ("neutral", "link-45deg", _("à mettre en relation")),
    },
    "process": {
        "done": ("ok", "check-lg", _("fait")),
        "now": ("brick", "record-circle", _("en cours")),
        "next": ("neutral", "circle", _("à venir")),
        "late": ("late", "exclamation-triangle-fill", _("en retard")),
        "skipped": ("neutral", "slash-circle", _("sauté")),
    },
}


def look_of(kind: str, code: str | None) -> Look:
    """Tone, icon and word of a code: ``look_of("meteo", "good")``; nothing is the empty code."""
    looks = LOOKS[kind]
    return looks.get(code or "") or looks[one_of(code or "", looks, kind)]
