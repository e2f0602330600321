"""What the bearer of a code reads of their own case (P3): plain words, organisations and dates, no full address.

Other parts of the room add sections by registering a function::

    tenant_page.register(section_of_mine)     # (report) -> TenantSection | None
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.consents import TEXTS, ConsentPurpose
from concertoit.field.cases.enums.intake import LookReason, ReportState, WordKind
from concertoit.field.cases.enums.work import VisitState
from concertoit.field.cases.models import Case, HouseholdConsent, Report, ReportWord
from concertoit.field.cases.queries import people
from concertoit.field.cases.rules.veil import veiled_email, veiled_phone, veiled_street
from concertoit.ground.core.spoken import date_long
from concertoit.ground.files.models import Attachment
from concertoit.ground.files.queries import attachments

REPORTS = "cases.report"
AT_WORK = (AssignmentState.IN_PROGRESS, AssignmentState.CLOSED)


@dataclass(frozen=True, slots=True)
class TenantSection:
    """A piece of the tenant's page that another part of the room brings: a template of the room and its context."""

    code: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


Provider = Callable[[Report], TenantSection | None]
_sections: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a section to the tenant's page (idempotent)."""
    if provider not in _sections:
        _sections.append(provider)


def sections(report: Report) -> list[TenantSection]:
    """The sections of other parts of the room for this report, in order."""
    found = [one for provider in _sections if (one := provider(report)) is not None]
    return sorted(found, key=lambda one: (one.order, one.code))


@dataclass(frozen=True, slots=True)
class Given:
    """A purpose as the person sees it: agreed or not, since when, and the text."""

    purpose: str
    label: Any
    text: Any
    consent: HouseholdConsent | None


@dataclass(slots=True)
class TenantPage:
    """Where my case is."""

    report: Report
    case: Case | None
    headline: str
    detail: str
    steps: list[dict[str, Any]]
    next_on: datetime | None
    followers: list[str]
    where: str
    words: list[ReportWord]
    questions: list[ReportWord]
    photos: list[Attachment]
    contact: list[str]
    consents: list[Given]
    looks: list[tuple[date, str, str]]
    closable: bool


def page(report: Report) -> TenantPage:
    """Everything the page shows, in a constant number of queries."""
    case = report.case
    words = list(report.words.order_by("at", "pk"))
    answered = {word.answers_id for word in words if word.answers_id}
    headline, detail = _said(report, case)
    next_on = _next_visit(case)
    return TenantPage(
        report=report, case=case, headline=headline, detail=detail, steps=_steps(report, case, next_on),
        next_on=next_on, followers=_followers(report, case), where=where(report), words=words,
        questions=[word for word in words if word.kind == WordKind.QUESTION and word.pk not in answered],
        photos=attachments(REPORTS, report.uid), contact=_contact(report), consents=_consents(report),
        looks=_looks(report), closable=case is not None and case.state in (CaseState.RESOLVED, CaseState.CLOSED),
    )  # fmt: skip


def where(report: Report) -> str:
    """Enough for who lives there to know it: « un logement de la rue des É…, à Longueuil »."""
    town = report.municipality or (report.building.municipality if report.building else None)
    street = veiled_street(report.building.street) if report.building else ""
    if street and town:
        return _("%(street)s, à %(town)s") % {"street": street, "town": town}
    return str(town or _("Adresse à préciser"))


def _said(report: Report, case: Case | None) -> tuple[str, str]:
    """Where it stands, and what that means, in plain words."""
    if case is None:
        if report.state == ReportState.SET_ASIDE:
            return _("Aucun dossier n’a été ouvert."), report.get_set_aside_display()
        return _("Reçu. L’équipe va le lire."), _(
            "Quelqu’un de l’équipe lit chaque signalement avant d’ouvrir un dossier."
        )
    told = {
        CaseState.NEW: (
            _("Votre dossier est ouvert."), _("L’équipe regarde qui doit s’en occuper."),
        ),
        CaseState.ACTIVE: (
            _("Quelqu’un s’occupe de votre dossier."), _("Des visites, des démarches ou des travaux sont en cours."),
        ),
        CaseState.MADE_SAFE: (
            _("Le danger est écarté, mais tout n’est pas réglé."),
            _("Le dossier reste ouvert jusqu’à ce que ce le soit."),
        ),
        CaseState.RESOLVED: (
            _("On nous dit que c’est réglé. Est-ce vrai chez vous?"),
            _("Si ce ne l’est pas, dites-le plus bas : le dossier reprend."),
        ),
        CaseState.CLOSED: (
            _("Votre dossier est fermé."), _("Si le problème est toujours là, dites-le plus bas : le dossier reprend."),
        ),
    }  # fmt: skip
    return told[CaseState(case.state)]


def _steps(report: Report, case: Case | None, next_on: datetime | None) -> list[dict[str, Any]]:
    """Received, read, followed, visited, settled: each done, now or to come, with its date."""
    opened = case is not None or report.state == ReportState.SET_ASIDE
    states = list(case.visits.order_by("planned_at", "pk")) if case else []
    visited = next((visit.done_at for visit in reversed(states) if visit.state == VisitState.DONE), None)
    followed = case is not None and case.state != CaseState.NEW
    settled = case is not None and case.state in (CaseState.RESOLVED, CaseState.CLOSED)
    done = [
        (_("Signalement reçu"), True, report.received_at),
        (_("Lu par l’équipe"), opened, report.decided_at),
        (_("Quelqu’un s’en occupe"), followed, None),
        (_("Visite du logement"), visited is not None, visited or next_on),
        (_("Réglé"), settled, case.closed_at if case else None),
    ]
    if report.state == ReportState.SET_ASIDE and case is None:
        done = done[:2]  # nothing follows
    elif settled:
        done = [one for one in done if one[1]]  # what was settled without a visit waits for none
    current = next((index for index, (_label, is_done, _at) in enumerate(done) if not is_done), len(done))
    return [
        {
            "label": label, "state": "done" if is_done else "now" if index == current else "next",
            "date": date_long(timezone.localtime(at).date()) if at else "",
        }
        for index, (label, is_done, at) in enumerate(done)
    ]  # fmt: skip


def _next_visit(case: Case | None) -> datetime | None:
    if case is None:
        return None
    rows = case.visits.filter(state=VisitState.PLANNED, planned_at__gte=timezone.now())
    return rows.order_by("planned_at").values_list("planned_at", flat=True).first()


def _followers(report: Report, case: Case | None) -> list[str]:
    """The organisations that work on it: never a person's name."""
    names = [str(report.space.home)] if report.space.home else [str(report.space)]
    if case is not None:
        rows = case.assignments.filter(state__in=AT_WORK).select_related("organisation").order_by("pk")
        names += [str(row.organisation) for row in rows]
    return list(dict.fromkeys(names))


def _contact(report: Report) -> list[str]:
    """How the team reaches the person, mostly hidden: the bearer of a found code learns nothing."""
    contact = people.own_identity(report).contact
    if contact is None:
        return []
    return [part for part in (contact.given_name[:1] + "…" if contact.given_name else "", veiled_phone(contact.phone),
                              veiled_email(contact.email)) if part]  # fmt: skip


def _consents(report: Report) -> list[Given]:
    rows = people.consents_of(report.household) if report.household else []
    given = {row.purpose: row for row in rows if row.withdrawn_at is None}
    return [Given(one.value, one.label, TEXTS[one], given.get(one.value)) for one in ConsentPurpose]


def _looks(report: Report) -> list[tuple[date, str, str]]:
    """Who opened the name and for what, by organisation."""
    if report.household is None:
        return []
    reasons = dict(LookReason.choices)
    return [
        (timezone.localtime(row.at).date(), str(row.organisation or report.space), str(reasons.get(row.why, row.why)))
        for row in people.looks_at(report.household, 20)
    ]
