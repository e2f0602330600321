"""What the plan says of a point, in words: an agenda keeps it as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.ground.core.spoken import date_short
from concertoit.ground.ui.looks import look_of
from concertoit.together.plans.enums import STEP_STATE_LABELS, OutlookValue, Phase
from concertoit.together.plans.rules.document import StepState

VERBS = {
    "plan.measure_added": gettext_lazy("nouvelle mesure"),
    "plan.measure_contested": gettext_lazy("chiffre contesté"),
    "plan.spending_added": gettext_lazy("montant inscrit"),
    "plan.note_added": gettext_lazy("nouvelle"),
}
# tone and icon of each kind of fact
LOOKS = {
    "late": ("late", "exclamation-triangle"),
    "due": ("sun", "clock"),
    "changed": ("sky", "arrow-repeat"),
    "consent": ("brick", "hand-thumbs-up"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to say. ``why``: late, due, changed or consent."""

    why: str
    tone: str
    icon: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the plan says of a point; ``tags``: how many of each kind, in a word."""

    tags: list[tuple[str, str, str]]
    lines: list[Fact]
    more: int


def said_of(facts: dict[str, Any]) -> Facts:
    """The facts of a point, in words."""
    counts = facts.get("count", {})
    lines = [
        Fact(why, *LOOKS[why], _text(why, one), str(one.get("url", ""))) for why in LOOKS for one in facts.get(why, [])
    ]
    tags = [(_tag(why, counts[why]), *LOOKS[why]) for why in LOOKS if counts.get(why)]
    return Facts(tags, lines, sum(counts.values()) - len(lines) if counts else 0)


def _tag(why: str, number: int) -> str:
    texts = {
        "late": ngettext("%(num)d en retard", "%(num)d en retard", number),
        "due": ngettext("%(num)d à échéance", "%(num)d à échéance", number),
        "changed": ngettext("%(num)d changement", "%(num)d changements", number),
        "consent": ngettext("%(num)d à décider", "%(num)d à décider", number),
    }
    return texts[why] % {"num": number}


def _text(why: str, one: dict[str, Any]) -> str:
    what = str(one.get("what") or "")
    if why == "consent":
        return _("En attente de consentement : %(what)s") % {"what": what}
    day = date_short(date.fromisoformat(one["on"]))
    if why == "late":
        return _joined(what, _("en retard depuis le %(day)s") % {"day": day})
    if why == "due":
        return _joined(what, _("à échéance le %(day)s") % {"day": day})
    return _joined(what, _changed(one), day, str(one.get("who") or ""))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _changed(one: dict[str, Any]) -> str:
    """What happened, with its new value or its words."""
    verb, state, text = one["verb"], one.get("state", ""), one.get("text", "")
    if verb == "plan.state_changed" and state in list(StepState):
        word = str(STEP_STATE_LABELS[StepState(state)]).lower()
    elif verb == "plan.outlook_set" and state in OutlookValue.values:
        word = _("météo : %(value)s") % {"value": str(look_of("meteo", state)[2]).lower()}
    elif verb == "plan.phase_set" and state in Phase.values:
        word = _("phase : %(value)s") % {"value": str(Phase(state).label).lower()}
    else:
        word = str(VERBS.get(verb, ""))
    return f"{word} : « {text} »" if text else word
