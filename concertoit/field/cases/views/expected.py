"""What a case expects of who reads it: one sentence, one button, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import AssignmentState, CaseState
from concertoit.field.cases.enums.work import CLOCK_LABELS, Partners
from concertoit.field.cases.models import Assignment, Case
from concertoit.field.cases.policies import is_lead, is_team
from concertoit.field.cases.rules.clocks import Due, DueState, next_due
from concertoit.field.cases.rules.workdays import local_day
from concertoit.ground.core.spoken import date_long
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class Expected:
    """Something to do. ``post`` says that the button acts at once; ``other`` is a second, quieter way."""

    title: Any
    href: str
    action: Any
    note: Any = ""
    icon: str = "arrow-right-circle"
    tone: str = "spruce"
    post: dict[str, str] | None = None
    other: tuple[Any, str] | None = None


def expected_of(
    viewer: Viewer, case: Case, assignments: Sequence[Assignment], clocks: Sequence[Due]
) -> list[Expected]:
    """What is expected, in order; nothing when it is somebody else's turn."""
    slug = viewer.space.slug

    def where(name: str, **kwargs: object) -> str:
        return reverse(f"cases:{name}", kwargs={"slug": slug, "reference": case.reference, **kwargs})

    if case.state == CaseState.CLOSED:
        return []
    asked = _asked(viewer, assignments, where)
    return asked + (_team(viewer, case, clocks, where) if is_team(viewer) else [])


def _asked(viewer: Viewer, assignments: Sequence[Assignment], where: Any) -> list[Expected]:
    mine = [row for row in assignments if row.organisation_id in viewer.organisation_ids]
    if not viewer.can("cases.answer"):
        return []
    found = []
    for row in mine:
        values = {"who": row.organisation, "what": row.get_competence_display()}
        if row.state == AssignmentState.NEW:
            found.append(Expected(
                _("%(who)s peut-il s’en occuper (%(what)s)?") % values,
                where("assignment_move", assignment_id=row.pk), _("Accepter"),
                _by(_("Répondez d’ici le %(day)s."), row.answer_by), "inbox", "brick",
                post={"to": AssignmentState.IN_PROGRESS},
                other=(_("Refuser"), where("assignment_move", assignment_id=row.pk) + "?vers=refused"),
            ))  # fmt: skip
        elif row.state == AssignmentState.IN_PROGRESS:
            found.append(Expected(
                _("Votre part : %(what)s") % values, where("assignment_move", assignment_id=row.pk) + "?vers=closed",
                _("Terminer"), _by(_("Échéance : le %(day)s."), row.due_on), "clipboard-check",
                other=(_("Prévoir une visite"), where("visit_new")),
            ))  # fmt: skip
    return found


def _by(sentence: str, day: date | None) -> str:
    return sentence % {"day": date_long(day, article=False)} if day else ""


def _team(viewer: Viewer, case: Case, clocks: Sequence[Due], where: Any) -> list[Expected]:
    found = []
    if case.follower_id is None:
        found.append(Expected(
            _("Personne ne suit ce dossier"), where("follow"), _("Confier le suivi"),
            _("Une seule personne suit un dossier : le ménage sait qui appeler."), "person-plus", "brick",
        ))  # fmt: skip
    if is_lead(viewer) and case.partners == Partners.REFUSED:
        found.append(Expected(
            _("Tous les partenaires ont refusé"), where("assign"), _("Demander à un autre partenaire"),
            icon="people", tone="brick",
        ))  # fmt: skip
    if case.state == CaseState.RESOLVED:
        found.append(Expected(
            _("Réglé : à confirmer avec le ménage"), where("close" if is_lead(viewer) else "refuse_closure"),
            _("Fermer le dossier") if is_lead(viewer) else _("Noter que ce n’est pas réglé"),
            _("Le ménage peut dire, de sa page ou au téléphone, que ce n’est pas réglé."), "patch-question", "sun",
            other=(_("Noter que ce n’est pas réglé"), where("refuse_closure")) if is_lead(viewer) else None,
        ))  # fmt: skip
    line = next_due(clocks)
    if line is not None and line.state in (DueState.LATE, DueState.SOON, DueState.RUNNING):
        found.append(_delay(line, where))
    return found


def _delay(line: Due, where: Any) -> Expected:
    late = line.state is DueState.LATE
    words = {"what": CLOCK_LABELS[line.clock.value], "day": date_long(local_day(line.due_at), article=False)}
    visit = line.clock.value in ("investigate", "first_action")
    return Expected(
        (_("%(what)s : le délai est passé depuis le %(day)s") if late else _("%(what)s d’ici le %(day)s")) % words,
        where("visit_new") if visit else where("milestone", code=line.clock.value),
        _("Prévoir une visite") if visit else _("Noter que c’est fait"),
        icon="alarm", tone="late" if late else "sun" if line.state is DueState.SOON else "spruce",
    )  # fmt: skip
