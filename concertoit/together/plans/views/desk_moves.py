"""« Habeo a terminé l’étape … »: a line of the journal about a plan as the desk tells it."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup, escape

from concertoit.ground.ui.components import link_to
from concertoit.ground.ui.desk import Move
from concertoit.ground.ui.looks import look_of
from concertoit.together.plans.queries.moves import Moved

STATES = {
    "todo": gettext_lazy("{who} a remis à faire {what}"),
    "doing": gettext_lazy("{who} a commencé {what}"),
    "done": gettext_lazy("{who} a terminé {what}"),
    "dropped": gettext_lazy("{who} a abandonné {what}"),
    "blocked": gettext_lazy("{who} a signalé un blocage sur {what}"),
}
OUTLOOKS = {
    "good": gettext_lazy("{who} trouve que {what} va bien"),
    "support": gettext_lazy("{who} demande un appui pour {what}"),
    "trouble": gettext_lazy("{who} trouve {what} en difficulté"),
}
SENTENCES = {
    "plan.phase_set": gettext_lazy("{who} a changé la phase de {what}"),
    "plan.measure_added": gettext_lazy("{who} a inscrit une mesure pour {what}"),
    "plan.measure_contested": gettext_lazy("{who} conteste un chiffre de {what}"),
    "plan.contest_answered": gettext_lazy("{who} a répondu à une contestation sur {what}"),
    "plan.spending_added": gettext_lazy("{who} a inscrit un montant pour {what}"),
    "plan.put_in_force": gettext_lazy("{who} a fait entrer en vigueur une version de {what}"),
    "plan.filed": gettext_lazy("{who} a déposé {what}"),
    "plan.alignment_proposed": gettext_lazy("{who} a proposé {what}"),
    "plan.alignment_answered": gettext_lazy("{who} a répondu à {what}"),
    "plan.note_added": gettext_lazy("{who} a donné des nouvelles de {what}"),
    "plan.ask_answered": gettext_lazy("{who} a répondu à une demande de nouvelles sur {what}"),
    "plan.comment_added": gettext_lazy("{who} a commenté {what}"),
}
ICONS = {
    "plan.measure_added": ("graph-up", "sky"),
    "plan.measure_contested": ("question-circle", "sun"),
    "plan.contest_answered": ("reply", "sky"),
    "plan.spending_added": ("cash-coin", "spruce"),
    "plan.put_in_force": ("check2-circle", "ok"),
    "plan.filed": ("send", "ok"),
    "plan.alignment_proposed": ("share", "spruce"),
    "plan.alignment_answered": ("share", "spruce"),
    "plan.note_added": ("chat-left-text", "sky"),
    "plan.ask_answered": ("chat-left-text", "sky"),
    "plan.comment_added": ("chat-quote", "spruce"),
    "plan.phase_set": ("play-circle", "sky"),
}
LABEL_LENGTH = 110
_LONE_NUMBER = re.compile(r"^\d{1,3}[.)]?\s+")


def move(space: Any, one: Moved) -> Move:
    """The line: who, what they did, to what (linked), and how many others that day."""
    sentence = _sentence(one)
    icon, tone = _look(one)
    text = escape(sentence).format(
        who=Markup("<strong>{}</strong>").format(one.who or "Concertoit"), what=_what(space, one)
    )
    if one.others and not one.verb.startswith("plan.alignment"):
        others = ngettext("et %(num)d autre", "et %(num)d autres", one.others) % {"num": one.others}
        text += Markup(" {}").format(others)
    return Move(one.at, text, icon, tone, one.space_id)


def _sentence(one: Moved) -> str:
    if one.verb == "plan.state_changed":
        return str(STATES.get(one.state, STATES["doing"]))
    if one.verb == "plan.outlook_set":
        return str(OUTLOOKS.get(one.state, OUTLOOKS["good"]))
    return str(SENTENCES[one.verb])


def _look(one: Moved) -> tuple[str, str]:
    if one.verb == "plan.state_changed":
        tone, icon, _word = look_of("step_state", one.state)
        return icon, tone
    if one.verb == "plan.outlook_set":
        tone, icon, _word = look_of("meteo", one.state)
        return icon, tone
    return ICONS[one.verb]


def _what(space: Any, one: Moved) -> Markup:
    slug = space.slug
    if one.verb.startswith("plan.alignment"):
        number = one.others + 1
        text = ngettext("un arrimage", "%(num)d arrimages", number) % {"num": number}
        return _link(reverse("plans:alignments", kwargs={"slug": slug}), text)
    if one.verb == "plan.filed":
        return _link(
            link_to("reporting:filings", slug=slug) or reverse("plans:plan", kwargs={"slug": slug}), one.label
        )
    if one.verb == "plan.put_in_force":
        return _link(reverse("plans:versions", kwargs={"slug": slug}), one.label)
    # The number of a step in its list (« 4 ») says nothing away from it; « 1.3.1 » does.
    label = _LONE_NUMBER.sub("", one.label)
    label = label if len(label) <= LABEL_LENGTH else label[:LABEL_LENGTH].rsplit(" ", 1)[0] + "…"
    address = reverse("plans:item", kwargs={"slug": slug, "item_id": int(one.object_id)})
    return Markup("«\u00a0{}\u00a0»").format(_link(address, label))


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)
