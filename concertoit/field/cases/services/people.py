"""Households: what is kept of them, under which consent, how it goes away. The identity table is written here only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums import HouseholdRole
from concertoit.field.cases.enums.consents import VERSION, ConsentPurpose
from concertoit.field.cases.models import Case, Household, HouseholdConsent, HouseholdPerson, Report
from concertoit.field.cases.policies import is_team
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.places.services import Place
from concertoit.ground.privacy.enums import Means
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to reach, and how. Empty everywhere: nobody."""

    given_name: str = ""
    family_name: str = ""
    phone: str = ""
    email: str = ""
    reach: str = ""

    def __bool__(self) -> bool:
        return any((self.given_name, self.family_name, self.phone, self.email))


@dataclass(frozen=True, slots=True)
class Living:
    """What a visit must know before knocking: numbers of people, never names."""

    adults: int | None = None
    children: int | None = None
    youths: int | None = None
    language: str = ""
    access_note: str = ""

    def __bool__(self) -> bool:
        return any((self.adults, self.children, self.youths, self.language, self.access_note))


def must_follow(viewer: Viewer, household: Household) -> None:
    """Raise ``NotVisible`` for a household of another démarche, ``NotAllowed`` for who is not of the team."""
    if household.space_id != viewer.space.pk:
        raise NotVisible("")
    if not is_team(viewer):
        raise NotAllowed("")


@transaction.atomic
def start_household(
    *,
    space: Space,
    actor: Any,
    place: Place | None,
    contact: Contact | None = None,
    living: Living | None = None,
    consents: Sequence[str] = (),
    means: Means = Means.FORM,
) -> Household | None:
    """Keep a household with what its consents allow; nothing at all when they allow nothing.

    Raises ``DomainError`` (field ``consents``) for a contact or facts that no consent allows: what was given is not
    quietly thrown away. Called by services that have asked their own policy (a public form has none).
    """
    given = frozenset(consents)
    if contact and ConsentPurpose.CONTACT not in given:
        raise DomainError(
            _("Cochez votre accord pour que l’on garde vos coordonnées, ou laissez-les vides."), field="consents"
        )
    if living and ConsentPurpose.LIVING not in given:
        raise DomainError(
            _("Cochez votre accord pour que l’on garde ce que vous dites du ménage, ou laissez ces cases vides."),
            field="consents",
        )  # fmt: skip
    if not contact and not living:
        return None
    household = Household.objects.create(
        space=space, building=place.building if place else None, dwelling=place.dwelling if place else None,
        **_facts(living or Living()),
    )  # fmt: skip
    person = None
    if contact:
        person = HouseholdPerson.objects.create(
            space=space, household=household, role=HouseholdRole.CONTACT, **_identity(contact)
        )
    for purpose in sorted(given & frozenset(ConsentPurpose.values)):
        _agree(household, purpose, means, person)
    return household


def _identity(contact: Contact) -> dict[str, str]:
    return {
        "given_name": contact.given_name.strip()[:80], "family_name": contact.family_name.strip()[:80],
        "phone": contact.phone.strip()[:30], "email": contact.email.strip().lower()[:254],
        "reach": contact.reach.strip()[:200],
    }  # fmt: skip


def _facts(living: Living) -> dict[str, Any]:
    return {
        "adults": living.adults, "children": living.children, "youths": living.youths,
        "language": living.language.strip()[:40], "access_note": living.access_note.strip()[:200],
    }  # fmt: skip


@transaction.atomic
def describe_household(*, viewer: Viewer, household: Household, living: Living) -> Household:
    """Change what a visit must know. Raises ``DomainError`` without the household's consent."""
    must_follow(viewer, household)
    if living and not agrees(household, ConsentPurpose.LIVING):
        raise DomainError(_("Notez d’abord l’accord du ménage pour garder ces renseignements."))
    for name, value in _facts(living).items():
        setattr(household, name, value)
    household.save()
    journal(viewer.user, "cases.household_changed", household)
    return household


@transaction.atomic
def write_person(
    *,
    viewer: Viewer,
    household: Household,
    role: str,
    contact: Contact,
    represented_by_id: int | None = None,
    person_id: int | None = None,
) -> HouseholdPerson:
    """Add somebody of the household, or correct them.

    Somebody under 14 speaks through an adult of the household and has no phone or e-mail here (Loi sur l’accès,
    art. 53.1; c. P-39.1, art. 4.1). Raises ``DomainError`` otherwise, and without the consent to keep contacts.
    """
    must_follow(viewer, household)
    if not agrees(household, ConsentPurpose.CONTACT):
        raise DomainError(_("Notez d’abord l’accord du ménage pour garder des noms et des coordonnées."))
    if not contact:
        raise DomainError(_("Écrivez au moins un nom ou une façon de joindre la personne."), field="given_name")
    adult = _adult_for(household, role, contact, represented_by_id)
    row = _person(household, person_id) if person_id else HouseholdPerson(space=household.space, household=household)
    row.role, row.represented_by = role, adult
    for name, value in _identity(contact).items():
        setattr(row, name, value)
    row.save()
    journal(viewer.user, "cases.person_written", household, after={"role": str(role)})
    return row


def _adult_for(
    household: Household, role: str, contact: Contact, represented_by_id: int | None
) -> HouseholdPerson | None:
    if role != HouseholdRole.CHILD:
        return None
    if contact.phone or contact.email:
        raise DomainError(_("On ne garde ni téléphone ni courriel d’un enfant de moins de 14 ans."), field="phone")
    adults = HouseholdPerson.objects.filter(household=household, role__in=(HouseholdRole.CONTACT, HouseholdRole.ADULT))
    adult = adults.filter(pk=represented_by_id or 0).first()
    if adult is None:
        raise DomainError(
            _("Un enfant de moins de 14 ans passe par un adulte du ménage : choisissez lequel."),
            field="represented_by",
        )
    return adult


def _person(household: Household, person_id: int) -> HouseholdPerson:
    return must_exist(HouseholdPerson.objects.select_for_update().filter(household=household, pk=person_id).first())


@transaction.atomic
def remove_person(*, viewer: Viewer, household: Household, person_id: int) -> None:
    """Erase somebody of the household. Children they speak for are erased with them: nobody could agree for them."""
    must_follow(viewer, household)
    row = _person(household, person_id)
    HouseholdPerson.objects.filter(household=household, role=HouseholdRole.CHILD, represented_by=row).delete()
    row.delete()
    journal(viewer.user, "cases.person_removed", household)


@transaction.atomic
def correct_contact(*, household: Household, contact: Contact) -> None:
    """The person corrects who to reach, through their code. Empty fields keep what is there."""
    row = HouseholdPerson.objects.select_for_update().filter(household=household, role=HouseholdRole.CONTACT).first()
    if row is None:
        row = HouseholdPerson(space=household.space, household=household, role=HouseholdRole.CONTACT)
    for name, value in _identity(contact).items():
        setattr(row, name, value or getattr(row, name))
    row.save()
    journal(None, "cases.person_written", household, after={"role": str(row.role)})


def agrees(household: Household, purpose: str) -> bool:
    """Whether the household agrees to a purpose today."""
    return household.consents.filter(purpose=purpose, withdrawn_at=None).exists()


@transaction.atomic
def give_consent(*, actor: Any, household: Household, purpose: str, means: Means) -> HouseholdConsent:
    """Note that the household agreed to a purpose, having read or heard today's text; twice is once.

    Called by services and views that have asked who they are (team, or bearer of the code). Raises ``NotVisible`` for
    an unknown purpose.
    """
    if purpose not in ConsentPurpose.values:
        raise NotVisible("")
    known = household.consents.filter(purpose=purpose, withdrawn_at=None, text_version=VERSION).first()
    if known is not None:
        return known
    household.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=timezone.now())
    row = _agree(household, purpose, means, _contact_of(household))
    journal(actor, "cases.consent_given", household, after={"purpose": purpose})
    return row


def _contact_of(household: Household) -> HouseholdPerson | None:
    return HouseholdPerson.objects.filter(household=household, role=HouseholdRole.CONTACT).first()


def _agree(household: Household, purpose: str, means: Means, person: HouseholdPerson | None) -> HouseholdConsent:
    return HouseholdConsent.objects.create(
        space=household.space, household=household, person=person, purpose=purpose, text_version=VERSION,
        means=means, given_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def withdraw_consent(*, actor: Any, household: Household, purpose: str) -> bool:
    """End a consent and destroy what rests on it alone; answers whether there was one.

    Without « contact », there are no names left to share: « share » ends with it.
    """
    ended = household.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if purpose == ConsentPurpose.CONTACT:
        household.consents.filter(purpose=ConsentPurpose.SHARE, withdrawn_at=None).update(withdrawn_at=timezone.now())
        _forget_people([household.pk])
    if purpose == ConsentPurpose.LIVING:
        Household.objects.filter(pk=household.pk).update(**_facts(Living()))
    if ended:
        journal(actor, "cases.consent_withdrawn", household, after={"purpose": purpose})
    return bool(ended)


def _forget_people(household_ids: Iterable[int]) -> None:
    """Erase names; the proof of consents stays, tied to the household and to nobody."""
    ids = list(household_ids)
    HouseholdConsent.objects.filter(household_id__in=ids).update(person=None)
    HouseholdPerson.objects.filter(household_id__in=ids).delete()


@transaction.atomic
def anonymise(household_ids: Sequence[int]) -> None:
    """Leave of households what says nothing of anybody: the building and the numbers of the case stay. Twice is once."""
    now = timezone.now()
    _forget_people(household_ids)
    rows = Household.objects.filter(pk__in=household_ids)
    rows.update(dwelling=None, language="", access_note="", anonymised_at=now, updated_at=now)
    HouseholdConsent.objects.filter(household_id__in=household_ids, withdrawn_at=None).update(withdrawn_at=now)
    reports = Report.objects.filter(household_id__in=household_ids)
    reports.update(description="", note="", sender="", updated_at=now)
    for report in reports:
        report.words.all().delete()


def journal(actor: Any, verb: str, household: Household, after: dict[str, Any] | None = None) -> None:
    """A line about a household, under the number of its case: never a name."""
    cases = Case.objects.filter(household=household).order_by("pk").values_list("reference", flat=True)
    reports = Report.objects.filter(household=household).order_by("pk").values_list("reference", flat=True)
    record_row(household, cases.first() or reports.first() or "", actor=actor, verb=verb, after=after or {})
