"""The only door to who lives somewhere: every look says what it is for, and is written down (X2).

Nothing else of the house reads ``HouseholdPerson``, but the services that write it (a test holds this). What says nothing
of who somebody is (numbers, consents, the log itself) is read without a line in the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from concertoit.field.cases.enums import HouseholdRole
from concertoit.field.cases.enums.consents import ConsentPurpose
from concertoit.field.cases.enums.intake import LookReason
from concertoit.field.cases.models import (
    Case,
    Household,
    HouseholdConsent,
    HouseholdPerson,
    IdentityLook,
    Report,
)
from concertoit.field.cases.policies import is_lead, is_team, may_see_identity, visible_cases
from concertoit.ground.core.errors import NotAllowed, NotVisible, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody of a household, as a page shows them once the look is written down."""

    id: int
    role: str
    role_label: str
    given_name: str
    family_name: str
    phone: str
    email: str
    reach: str
    speaks_for: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who lives somewhere. ``contact`` is whom to reach, where somebody gave a name."""

    people: list[Who] = field(default_factory=list)

    @property
    def contact(self) -> Who | None:
        return next((one for one in self.people if one.role == HouseholdRole.CONTACT), None)

    def __bool__(self) -> bool:
        return bool(self.people)


def households_of(case: Case) -> list[Household]:
    """The household of a case, then those of the reports joined to it."""
    rows = Household.objects.filter(reports__case=case).exclude(pk=case.household_id or 0).distinct()
    own = [case.household] if case.household else []
    return [*own, *rows.order_by("pk")]


def household_for(viewer: Viewer, household_id: int) -> Household:
    """A household that the viewer may hear of: any for the team, that of an accepted case for a partner.

    Raises ``NotVisible``.
    """
    row = must_exist(Household.objects.filter(pk=household_id, space=viewer.space).select_related("building").first())
    if not is_team(viewer):
        case = case_of(viewer, row)
        if case is None or not may_see_identity(viewer, case):
            raise NotVisible("")
    return row


def adults_of(household: Household) -> list[tuple[int, str]]:
    """Those who may speak for a child, by their place in the household and not by their name."""
    rows = HouseholdPerson.objects.filter(household=household, role__in=(HouseholdRole.CONTACT, HouseholdRole.ADULT))
    return [(row.pk, f"{number}. {row.get_role_display()}") for number, row in enumerate(rows.order_by("pk"), 1)]


def case_of(viewer: Viewer, household: Household) -> Case | None:
    """The case through which a viewer hears of a household."""
    own = visible_cases(viewer).filter(household=household)
    joined = visible_cases(viewer).filter(reports__household=household)
    return (
        own.select_related("building").order_by("pk").first()
        or joined.select_related("building").order_by("pk").first()
    )


def may_look(viewer: Viewer, household: Household) -> bool:
    """Whether a viewer may open an identity: by the policy of its case, and for a partner by the household's consent.

    Before a case, the team that receives reports may: somebody must be called back.
    """
    if household.space_id != viewer.space.pk:
        return False
    case = case_of(viewer, household)
    if is_team(viewer):
        return is_lead(viewer) or case is None or may_see_identity(viewer, case)
    return case is not None and may_see_identity(viewer, case) and shares(household)


def shares(household: Household) -> bool:
    """Whether the household lets the partners that accept know who it is."""
    return household.consents.filter(purpose=ConsentPurpose.SHARE, withdrawn_at=None).exists()


@transaction.atomic
def look_at(*, viewer: Viewer, household: Household, why: str) -> Identity:
    """Open who lives there, and write down who looked, when, for what (``LookReason``).

    Raises ``NotAllowed`` for who may not, ``NotVisible`` for a reason that is none.
    """
    if not may_look(viewer, household):
        raise NotAllowed("")
    if why not in LookReason.values:
        raise NotVisible("")
    IdentityLook.objects.create(
        space=household.space, household=household, user=viewer.user, organisation_id=_organisation(viewer),
        at=timezone.now(), why=why,
    )  # fmt: skip
    return _identity(household)


def _organisation(viewer: Viewer) -> int | None:
    """For whom the viewer looks: what the tenant's page says."""
    rows = Membership.objects.filter(in_force(), pk__in=viewer.membership_ids).exclude(organisation=None)
    return rows.order_by("pk").values_list("organisation_id", flat=True).first()


def _identity(household: Household) -> Identity:
    rows = HouseholdPerson.objects.filter(household=household).select_related("represented_by")
    order = [
        HouseholdRole.CONTACT,
        HouseholdRole.ADULT,
        HouseholdRole.YOUTH,
        HouseholdRole.CHILD,
        HouseholdRole.HELPER,
    ]
    people = sorted(rows.order_by("pk"), key=lambda row: order.index(HouseholdRole(row.role)))
    return Identity(
        [
            Who(
                row.pk, row.role, row.get_role_display(), row.given_name, row.family_name, row.phone, row.email,
                row.reach, row.represented_by.full_name if row.represented_by else "",
            )
            for row in people
        ]
    )  # fmt: skip


def own_identity(report: Report) -> Identity:
    """What the bearer of a code may know of themselves: no line in the log, it is theirs."""
    return _identity(report.household) if report.household else Identity()


def has_contact(household: Household) -> bool:
    """Whether there is somebody to reach, without saying who."""
    return HouseholdPerson.objects.filter(household=household, role=HouseholdRole.CONTACT).exists()


def notice_address(household: Household) -> str:
    """Where a machine may write that something waits, under the consent to be reached; shown to nobody."""
    if not household.consents.filter(purpose=ConsentPurpose.CONTACT, withdrawn_at=None).exists():
        return ""
    rows = HouseholdPerson.objects.filter(household=household, role=HouseholdRole.CONTACT).exclude(email="")
    return rows.order_by("pk").values_list("email", flat=True).first() or ""


def named_households(household_ids: Iterable[int]) -> set[int]:
    """Those of these households that have somebody to reach; one query."""
    rows = HouseholdPerson.objects.filter(household_id__in=list(household_ids), role=HouseholdRole.CONTACT)
    return set(rows.order_by().values_list("household_id", flat=True))


def consents_of(household: Household) -> list[HouseholdConsent]:
    """Every consent the household gave, the newest first."""
    return list(household.consents.order_by("-given_at", "-pk"))


def looks_at(household: Household, most: int = 50) -> list[IdentityLook]:
    """The log of looks, the newest first."""
    rows = IdentityLook.objects.filter(household=household).select_related("user", "organisation")
    return list(rows.order_by("-at", "-pk")[:most])


def looks_of_space(viewer: Viewer) -> Any:
    """Every look of the démarche, for who leads the team. Raises ``NotAllowed``."""
    viewer.must("cases.lead")
    rows = IdentityLook.objects.filter(space=viewer.space).select_related("user", "organisation")
    return rows.order_by("-at", "-pk")


def references_of(household_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of the cases of households, or of their reports before a case: what a log shows instead of names."""
    ids = list(household_ids)
    reports = Report.objects.filter(household_id__in=ids).order_by("-pk").values_list("household_id", "reference")
    cases = Case.objects.filter(household_id__in=ids).order_by("-pk").values_list("household_id", "reference")
    return {key: reference for key, reference in [*reports, *cases] if key is not None}
