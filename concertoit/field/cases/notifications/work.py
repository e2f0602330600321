"""What the work on cases tells people: numbers, organisations and delays; never a household, an apartment or a reason."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.models import Assignment, Case, PartnerLink
from concertoit.field.cases.queries.team import followers_of, liaisons_of, responders_of
from concertoit.ground.core.spoken import date_long
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register

KINDS = (
    Kind(
        "cases.asked",
        gettext_lazy("Dossiers affectés à votre organisme"),
        gettext_lazy("Un dossier d’insalubrité attend la réponse de votre organisme, ou ne l’attend plus."),
    ),
    Kind(
        "cases.answered",
        gettext_lazy("Réponses des partenaires"),
        gettext_lazy("Un partenaire accepte, refuse ou termine sa part d’un dossier."),
    ),
    Kind(
        "cases.late",
        gettext_lazy("Échéances des dossiers"),
        gettext_lazy("Une échéance approche ou est passée, une affectation reste sans réponse."),
    ),
    Kind(
        "cases.moved",
        gettext_lazy("Dossiers confiés, rouverts ou contestés"),
        gettext_lazy("On vous confie un dossier, ou un ménage dit que ce n’est pas réglé."),
    ),
    Kind(
        "cases.visit",
        gettext_lazy("Visites à faire"),
        gettext_lazy("On vous confie une visite."),
        email=Email.DIGEST,
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def case_url(case: Case) -> str:
    return reverse("cases:case", kwargs={"slug": case.space.slug, "reference": case.reference})


def asked(*, assignment: Assignment, actor: Any) -> None:
    """Tell the responders of an organisation that a case waits for them, or no longer does."""
    case, number = assignment.case, {"number": assignment.case.reference}
    gone = assignment.state == "cancelled"
    by = date_long(assignment.answer_by, article=False) if assignment.answer_by else ""
    notify(
        users=responders_of(case.space, assignment.organisation_id), kind="cases.asked",
        subject=lambda: (
            _("Le dossier %(number)s n’attend plus votre organisme") if gone
            else _("Dossier %(number)s : votre organisme peut-il s’en occuper?")
        ) % number,
        body=lambda: "" if gone else _("%(what)s. Répondez d’ici le %(by)s.")
        % {"what": assignment.get_competence_display(), "by": by},
        url=case_url(case), space_id=case.space_id, actor=actor,
    )  # fmt: skip


def answered(*, assignment: Assignment, actor: Any) -> None:
    """Tell those who lead the team, and who follows the case, what a partner answered."""
    case = assignment.case
    words = {
        "number": case.reference, "who": str(assignment.organisation), "state": assignment.get_state_display().lower()
    }  # fmt: skip
    notify(
        users=[*liaisons_of(case.space), *followers_of(case)], kind="cases.answered",
        subject=lambda: _("Dossier %(number)s : %(who)s, affectation %(state)s") % words,
        url=case_url(case), space_id=case.space_id, actor=actor,
    )  # fmt: skip


def remind(*, assignment: Assignment, late: bool) -> int:
    """Remind an organisation of a case that waits for its answer, once for each date; answers how many are told."""
    case, number = assignment.case, {"number": assignment.case.reference}
    return notify(
        users=responders_of(case.space, assignment.organisation_id), kind="cases.late",
        subject=lambda: (
            _("Dossier %(number)s : la réponse de votre organisme est en retard") if late
            else _("Rappel : le dossier %(number)s attend la réponse de votre organisme")
        ) % number,
        url=case_url(case), space_id=case.space_id,
        dedup_key=f"cases.remind:{assignment.pk}:{assignment.answer_by}:{late}",
    )  # fmt: skip


def escalate(*, assignment: Assignment) -> int:
    """Tell the liaison that a partner stays silent, or that its part is late, once for each date."""
    case = assignment.case
    words = {"number": case.reference, "who": str(assignment.organisation)}
    silent = assignment.state == "new"
    day = assignment.answer_by if silent else assignment.due_on
    return notify(
        users=[*liaisons_of(case.space), *followers_of(case)], kind="cases.late",
        subject=lambda: (
            _("Dossier %(number)s : %(who)s ne répond pas") if silent
            else _("Dossier %(number)s : l’échéance de %(who)s est passée")
        ) % words,
        url=case_url(case), space_id=case.space_id, dedup_key=f"cases.escalate:{assignment.pk}:{assignment.state}:{day}",
    )  # fmt: skip


def overdue(*, case: Case, what: Any) -> int:
    """Tell who follows a case (or the liaison, when nobody does) that a delay has passed, once for each date."""
    users = followers_of(case) or liaisons_of(case.space)
    day = case.next_due_at.date() if case.next_due_at else ""
    return notify(
        users=users, kind="cases.late",
        subject=lambda: _("Dossier %(number)s : délai passé (%(what)s)") % {"number": case.reference, "what": what},
        url=case_url(case), space_id=case.space_id, dedup_key=f"cases.overdue:{case.pk}:{case.next_due}:{day}",
    )  # fmt: skip


def link(*, link: PartnerLink, token: str, again: bool = False) -> None:
    """Write to somebody of a partner who has no account: the number, the town, what is asked, by when."""
    row = link.assignment
    case = row.case
    words = {
        "number": case.reference, "town": str(case.building.municipality), "space": str(case.space),
        "what": row.get_competence_display(), "by": date_long(row.answer_by, article=False) if row.answer_by else "",
    }  # fmt: skip
    send_mail_message(
        to=link.email,
        subject=lambda: (
            _("Rappel : dossier %(number)s, votre organisme peut-il s’en occuper?") if again
            else _("Dossier %(number)s : votre organisme peut-il s’en occuper?")
        ) % words,
        body=lambda: _(
            "%(space)s vous demande si votre organisme peut s’occuper d’un dossier de logement insalubre à %(town)s "
            "(%(what)s). Répondez d’ici le %(by)s. Ce lien personnel suffit : aucun compte n’est nécessaire."
        ) % words,
        url=reverse("cases:partner_link", kwargs={"token": token}), action=lambda: _("Accepter ou refuser"),
        space_id=case.space_id, dedup_key=f"cases.link:{link.pk}:{row.answer_by if again else ''}",
    )  # fmt: skip


def entrusted(*, case: Case, actor: Any) -> None:
    """Tell a member of the team that a case is theirs to follow."""
    number = {"number": case.reference}
    notify(
        users=followers_of(case), kind="cases.moved", subject=lambda: _("Le dossier %(number)s vous est confié") % number,
        url=case_url(case), space_id=case.space_id, actor=actor,
    )  # fmt: skip


def came_back(*, case: Case, actor: Any, refused: bool) -> None:
    """Tell the team that a case is open again, because the household refuses its closure or somebody reopened it."""
    number = {"number": case.reference}
    notify(
        users=[*liaisons_of(case.space), *followers_of(case)], kind="cases.moved",
        subject=lambda: (
            _("Dossier %(number)s : le ménage dit que ce n’est pas réglé") if refused
            else _("Le dossier %(number)s est rouvert")
        ) % number,
        url=case_url(case), space_id=case.space_id, actor=actor,
    )  # fmt: skip


def visit_given(*, case: Case, users: list[Any], actor: Any, day: str) -> None:
    """Tell who goes that a visit is planned."""
    words = {"number": case.reference, "day": day}
    notify(
        users=users, kind="cases.visit", subject=lambda: _("Visite du dossier %(number)s, %(day)s") % words,
        url=case_url(case), space_id=case.space_id, actor=actor,
    )  # fmt: skip
