"""What reports tell the team: numbers, never an address or a name in a subject."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.models import Report, ReportWord
from concertoit.field.cases.queries.team import liaisons_of
from concertoit.ground.notifications.services import notify
from concertoit.ground.notifications.verbs import Kind, register

KINDS = (
    Kind(
        "cases.report",
        gettext_lazy("Signalements reçus"),
        gettext_lazy("Un signalement arrive et attend que l’équipe le regarde."),
    ),
    Kind(
        "cases.word",
        gettext_lazy("Nouvelles d’une personne qui a signalé"),
        gettext_lazy("Quelqu’un ajoute une précision, répond à une question ou demande une correction."),
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def report_url(report: Report) -> str:
    return reverse("cases:report", kwargs={"slug": report.space.slug, "reference": report.reference})


def received(*, report: Report, actor: Any) -> None:
    """Tell those who lead the team that a report waits; called in the transaction that keeps it."""
    urgent, number = report.is_urgent, {"number": report.reference}
    notify(
        users=liaisons_of(report.space), kind="cases.report", url=report_url(report), space_id=report.space_id,
        subject=lambda: (_("Signalement urgent %(number)s") if urgent else _("Signalement %(number)s reçu")) % number,
        actor=actor, dedup_key=f"cases.report:{report.pk}",
    )  # fmt: skip


def said(*, word: ReportWord) -> None:
    """Tell those who lead the team that somebody added to a report through their code."""
    report, number = word.report, {"number": word.report.reference}
    notify(
        users=liaisons_of(report.space), kind="cases.word", url=report_url(report), space_id=report.space_id,
        subject=lambda: _("Du nouveau au signalement %(number)s") % number, dedup_key=f"cases.word:{word.pk}",
    )  # fmt: skip
