"""« Qui peut aider? » : the directory of a démarche as offers for ``rules/finder.py``, and its reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.directory.enums import Language
from concertoit.field.directory.models import Service
from concertoit.field.directory.queries.bundles import bundle_of, shown
from concertoit.field.directory.queries.records import Line, fresh, labels, line
from concertoit.field.directory.rules import needs
from concertoit.field.directory.rules.finder import Asked, Judged, Offer, Reason, Verdict, find
from concertoit.field.directory.rules.freshness import Freshness
from concertoit.field.directory.rules.hsds import Bundle
from concertoit.field.directory.rules.record import openings_of, read
from concertoit.ground.core.spoken import time_of_day, weekday
from concertoit.ground.spaces.models import Space

AGES = {"child": 8, "teen": 15, "young": 22, "adult": 45, "elder": 72}


@dataclass(slots=True)
class Found:
    """A service judged, with its line and its reasons in words."""

    judged: Judged
    line: Line
    reasons: list[tuple[Verdict, str]]


def offer_of(service: Service, bundle: Bundle) -> Offer:
    """What the rule needs of a service."""
    key = str(service.uid)
    record = read(bundle, key)
    areas = {"*" if area.kind == "everywhere" else f"{area.kind}/{area.code}" for area in record.areas}
    return Offer(
        key=service.pk, name=service.name, areas=frozenset(areas), needs=frozenset(record.needs),
        clienteles=frozenset(record.clienteles), languages=frozenset(record.languages),
        minimum_age=service.minimum_age, maximum_age=service.maximum_age, openings=openings_of(bundle, key),
        holidays_too=service.open_on_holidays, active=service.status == "active" and service.retired_at is None,
        freshness=fresh(service, timezone.localdate()),
    )  # fmt: skip


def who_can_help(space: Space, asked: Asked) -> tuple[list[Found], list[Found]]:
    """Services that may help, the best first; and those that may not, with why. Four queries."""
    rows = {service.pk: service for service in shown(space).filter(retired_at=None)}
    bundle, known = bundle_of(rows.values()), labels()
    judged = find((offer_of(service, bundle) for service in rows.values()), asked)
    found = [
        Found(one, line(rows[one.offer.key], bundle, asked.moment, known), [_said(one, reason) for reason in one.reasons])
        for one in judged
        if one.fits or _near(one)
    ]  # fmt: skip
    return [one for one in found if one.judged.fits], [one for one in found if not one.judged.fits]


def _near(one: Judged) -> bool:
    """Whether it is worth saying why it is not proposed: it answers the need, and one thing only stands in the way."""
    refused = [reason.code for reason in one.reasons if reason.verdict is Verdict.NO]
    return len(refused) == 1 and refused[0] != "need"


def _said(one: Judged, reason: Reason) -> tuple[Verdict, str]:
    sentences = {
        ("active", Verdict.NO): _("Service suspendu pour le moment"),
        ("need", Verdict.YES): _("Répond à ce besoin"),
        ("need", Verdict.NO): _("Ne répond pas à ce besoin"),
        ("need", Verdict.UNKNOWN): _("La fiche ne dit pas à quels besoins il répond"),
        ("place", Verdict.YES): _("Offert à cet endroit"),
        ("place", Verdict.NO): _("N’est pas offert à cet endroit"),
        ("place", Verdict.UNKNOWN): _("Territoire non précisé : à vérifier"),
        ("age", Verdict.YES): _("Convient à cet âge"),
        ("age", Verdict.NO): _ages(one.offer),
        ("clientele", Verdict.YES): _("Ouvert à cette personne"),
        ("clientele", Verdict.NO): _("S’adresse à d’autres : %(who)s")
        % {"who": ", ".join(needs.label_of(needs.CLIENTELES, code).lower() for code in sorted(one.offer.clienteles))},
        ("language", Verdict.YES): _("Parle cette langue"),
        ("language", Verdict.NO): _("Ne parle que : %(which)s")
        % {"which": ", ".join(str(dict(Language.choices).get(c, c)).lower() for c in sorted(one.offer.languages))},
        ("language", Verdict.UNKNOWN): _("Langues non précisées : à vérifier"),
    }
    return reason.verdict, sentences[reason.code, reason.verdict]


def _ages(offer: Offer) -> str:
    low, high = offer.minimum_age, offer.maximum_age
    if low is not None and high is not None:
        return _("De %(low)g à %(high)g ans seulement") % {"low": low, "high": high}
    if low is not None:
        return _("À partir de %(low)g ans seulement") % {"low": low}
    return _("Jusqu’à %(high)g ans seulement") % {"high": high if high is not None else 0}


def said_open(one: Line, moment: datetime) -> tuple[str, str, str]:
    """Tone, icon and words for whether a service is open."""
    state = one.now
    if not state.known:
        return "neutral", "question-circle", _("Horaire non précisé")
    if state.open and (state.always or state.until is None):
        return "ok", "telephone-fill", _("Ouvert jour et nuit")
    if state.open and state.until is not None:
        return "ok", "door-open", _("Ouvert jusqu’à %(hour)s") % {"hour": time_of_day(state.until)}
    if state.next is None:
        return "neutral", "door-closed", _("Fermé pour le moment")
    values = {"hour": time_of_day(state.next), "day": weekday(state.next.date())}
    if state.later_today:
        return "sun", "clock", _("Ouvre aujourd’hui à %(hour)s") % values
    if (state.next.date() - moment.date()).days == 1:
        return "neutral", "door-closed", _("Fermé, ouvre demain à %(hour)s") % values
    return "neutral", "door-closed", _("Fermé, ouvre %(day)s à %(hour)s") % values


FRESH_LOOKS = {
    Freshness.CURRENT: ("ok", "patch-check"),
    Freshness.CHECK: ("sun", "patch-question"),
    Freshness.STALE: ("late", "exclamation-triangle"),
}
