"""What complex cases tell: the rules propose a case, or no longer do. A number and a place, never why."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.complexity import ComplexityOutcome
from concertoit.field.cases.models import Case, ComplexityAssessment
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.services import notify
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import in_force

KINDS = (
    Kind(
        "cases.complexity",
        gettext_lazy("Cas complexes"),
        gettext_lazy("Les règles proposent un dossier comme cas complexe, ou ne le proposent plus."),
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def verdict_changed(*, case: Case, assessment: ComplexityAssessment) -> None:
    """Tell the liaison once that the verdict on a case changed."""
    leads = Membership.objects.filter(in_force(), space=case.space_id, role=Role.LIAISON)
    names = {"number": case.reference, "place": case.building.line}
    proposed = assessment.outcome == ComplexityOutcome.PROPOSED

    def subject() -> str:
        if proposed:
            return _("Dossier %(number)s, %(place)s : proposé comme cas complexe") % names
        return _("Dossier %(number)s, %(place)s : n’est plus proposé comme cas complexe") % names

    notify(
        users=list(User.objects.filter(person__in=leads.values("person")).order_by("pk")),
        kind="cases.complexity",
        subject=subject,
        body=lambda: _("La page dit quels critères sont remplis, et lesquels restent à vérifier. Vous décidez."),
        url=reverse("cases:complexity_case", kwargs={"slug": case.space.slug, "reference": case.reference}),
        space_id=case.space_id,
        dedup_key=f"cases.complexity:{assessment.pk}",
    )
