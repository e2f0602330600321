"""Creating and changing people; personal data apart, and every look at it written down (Law 25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity import rules
from concertoit.ground.identity.enums import ContactKind
from concertoit.ground.identity.models import Organisation, Person, PersonalData, ProfessionalContact

OBJECT = "identity.person"


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A way to reach somebody in their function."""

    kind: str
    value: str
    title: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person and how to reach them at work; ``contacts`` replaces all of them, nothing leaves them as they are."""

    given_name: str
    family_name: str = ""
    contacts: tuple[ContactFacts, ...] | None = None


@transaction.atomic
def create_person(*, actor: Any, facts: PersonFacts, space_id: int | None = None) -> Person:
    """Add a person, without an account. Raises ``DomainError`` without a name."""
    person = Person()
    _write(person, facts)
    record(
        actor=actor, verb="person.created", object_type=OBJECT, object_id=person.pk,
        object_label=person.full_name, space_id=space_id, after=values_of(person),
    )  # fmt: skip
    return person


@transaction.atomic
def update_person(*, actor: Any, person: Person, facts: PersonFacts, space_id: int | None = None) -> Person:
    """Change a person. Raises ``DomainError`` without a name, or when the row has been merged."""
    if person.merged_into_id:
        raise DomainError(_("Cette fiche a été fusionnée avec une autre : modifiez l’autre."))
    before = values_of(person)
    _write(person, facts)
    after = values_of(person)
    if before != after:
        record(
            actor=actor, verb="person.updated", object_type=OBJECT, object_id=person.pk,
            object_label=person.full_name, space_id=space_id, before=before, after=after,
        )  # fmt: skip
    return person


@transaction.atomic
def save_personal_data(*, actor: Any, person: Person, space_id: int | None, **values: Any) -> PersonalData:
    """Keep personal data of a person: ``email``, ``phone``, ``address``, ``needs``, ``purpose``, ``keep_until``.

    The journal says which fields changed, never their content. Raises ``DomainError`` without a purpose.
    """
    if not str(values.get("purpose", "")).strip():
        raise DomainError(_("Dites pourquoi ces renseignements sont recueillis."), field="purpose")
    data = PersonalData.objects.filter(person=person).first() or PersonalData(
        person=person, collected_on=timezone.localdate()
    )
    if values.get("keep_until") and values["keep_until"] < data.collected_on:
        raise DomainError(_("La fin de conservation doit suivre la cueillette."), field="keep_until")
    changed = sorted(name for name, value in values.items() if getattr(data, name) != value)
    for name, value in values.items():
        setattr(data, name, value)
    data.save()
    record(
        actor=actor, verb="person.personal_data_saved", object_type=OBJECT, object_id=person.pk,
        object_label=person.full_name, space_id=space_id, after={"fields": changed},
    )  # fmt: skip
    return data


@transaction.atomic
def reveal_personal_data(*, actor: Any, person: Person, space_id: int | None) -> PersonalData | None:
    """The personal data of a person, after writing down who looked."""
    data = PersonalData.objects.filter(person=person).first()
    if data:
        record(
            actor=actor, verb="person.personal_data_viewed", object_type=OBJECT, object_id=person.pk,
            object_label=person.full_name, space_id=space_id,
        )  # fmt: skip
    return data


@transaction.atomic
def forget_personal_data(*, actor: Any, person: Person, space_id: int | None) -> None:
    """Erase the personal data of a person; the person, as professional contact, stays."""
    deleted, _by_model = PersonalData.objects.filter(person=person).delete()
    if deleted:
        record(
            actor=actor, verb="person.personal_data_erased", object_type=OBJECT, object_id=person.pk,
            object_label=person.full_name, space_id=space_id,
        )  # fmt: skip


def values_of(person: Person) -> dict[str, Any]:
    """A person as plain values, for the journal; personal data is not among them."""
    contacts = person.contacts.order_by("kind", "pk")
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "contacts": [[contact.kind, contact.value, contact.title] for contact in contacts],
    }


def _write(person: Person, facts: PersonFacts) -> None:
    if not rules.fold(facts.given_name + facts.family_name):
        raise DomainError(_("Écrivez au moins un prénom ou un nom."), field="given_name")
    person.given_name = facts.given_name.strip()
    person.family_name = facts.family_name.strip()
    person.save()
    if facts.contacts is not None:
        _write_contacts(person, facts.contacts)


def _write_contacts(person: Person, contacts: Iterable[ContactFacts]) -> None:
    """Keep the rows that stay, so that what refers to them goes on."""
    wanted = {(c.kind, c.value.strip()): c for c in contacts if c.value.strip()}
    for row in person.contacts.all():
        facts = wanted.pop((row.kind, row.value), None)
        if facts is None:
            row.delete()
        else:
            row.title, row.organisation = facts.title, facts.organisation
            row.save()
    for facts in wanted.values():
        kind = ContactKind(facts.kind)
        ProfessionalContact.objects.create(
            person=person, kind=kind, value=facts.value.strip(), title=facts.title, organisation=facts.organisation
        )
