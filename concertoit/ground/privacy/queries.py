"""Reads of privacy."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import override

from concertoit.ground.privacy.models import DestructionLog, Incident, PrivacyConsent, RetentionRun
from concertoit.ground.privacy.policies import (
    Purpose,
    consent_purposes,
    keeper_of,
    personal_fields,
    purpose_of,
    removers,
)
from concertoit.ground.privacy.rules import text_version


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for one purpose: the kinds of object with their fields, as people name them."""

    purpose: Purpose
    things: list[tuple[str, list[str]]]


def register_of_fields() -> list[Kept]:
    """Everything kept about people, purpose by purpose."""
    found: dict[str, dict[str, list[str]]] = {}
    for declared in personal_fields():
        model = apps.get_model(declared.model)
        label = str(declared.label or model._meta.get_field(declared.field).verbose_name)
        found.setdefault(declared.purpose, {}).setdefault(str(model._meta.verbose_name), []).append(label)
    kept = [Kept(purpose_of(code), sorted(things.items())) for code, things in found.items()]
    return sorted(kept, key=lambda one: str(one.purpose.label))


def has_consent(*, person_id: int, purpose: str, space_id: int | None = None) -> bool:
    """Whether a person agrees to a purpose today (in this démarche)."""
    return PrivacyConsent.objects.filter(
        person_id=person_id, purpose=purpose, space_id=space_id, withdrawn_at=None
    ).exists()


def has_any_consent(person_id: int, purpose: str) -> bool:
    """Whether a person agrees to a purpose today, anywhere."""
    return PrivacyConsent.objects.filter(person_id=person_id, purpose=purpose, withdrawn_at=None).exists()


@dataclass(frozen=True, slots=True)
class Asked:
    """A purpose that rests on consent, as one person sees it.

    ``things``: what is kept for it; ``version``: of the text that says so; ``given``: the person's consent in force;
    ``held``: whether something is kept of them today, whoever noted it; ``asked_here``: whether the person agrees on
    their own page, rather than each time at the moment of answering.
    """

    purpose: Purpose
    things: list[tuple[str, list[str]]]
    version: str
    given: PrivacyConsent | None
    held: bool
    asked_here: bool

    @property
    def text_changed(self) -> bool:
        """Whether the text has changed since the person agreed to it."""
        return self.given is not None and self.given.text_version != self.version


def asked_of(person_id: int) -> list[Asked]:
    """Each purpose that rests on consent, with where this person stands (outside any one démarche)."""
    things = {one.purpose.code: one.things for one in register_of_fields()}
    rows = PrivacyConsent.objects.filter(person_id=person_id, space_id=None, withdrawn_at=None).order_by("given_at")
    given = {row.purpose: row for row in rows}
    found = []
    for purpose in consent_purposes():
        keeper = keeper_of(purpose.code)
        held = keeper is not None and keeper.held(person_id)
        version = version_of(purpose.code)
        found.append(
            Asked(purpose, things.get(purpose.code, []), version, given.get(purpose.code), held, keeper is not None)
        )
    return found


def version_of(purpose: str) -> str:
    """The version of the text that a person reads before agreeing: it follows the text, whatever their language."""
    with override("fr-ca"):
        known = purpose_of(purpose)
        things = {one.purpose.code: one.things for one in register_of_fields()}.get(purpose, [])
        return text_version(str(known.label), str(known.months), str(known.since), repr(things))


def consents_of(person_id: int) -> list[PrivacyConsent]:
    """Every consent a person ever gave, those of démarches too, the newest first."""
    return list(PrivacyConsent.objects.filter(person_id=person_id).order_by("-given_at", "-pk"))


def runs(user: Any) -> QuerySet[RetentionRun]:
    """The passes of retention with what each destroyed, for who looks after the installation."""
    rows = RetentionRun.objects.order_by("-at", "-pk").prefetch_related("destructions")
    return rows if getattr(user, "is_administrator", False) else rows.none()


def remover_label(log: DestructionLog) -> str:
    """What was destroyed, as its room names it today; its code when the room no longer declares it."""
    return next((str(one.label) for one in removers() if one.code == log.remover), log.remover)


def incidents(user: Any) -> QuerySet[Incident]:
    """The register, for who looks after the installation."""
    rows = Incident.objects.order_by("-known_on", "-pk")
    return rows if getattr(user, "is_administrator", False) else rows.none()


def incidents_of_space(space_id: int) -> list[Incident]:
    """The incidents that a démarche declared, for who may declare one there."""
    return list(Incident.objects.filter(space_id=space_id).order_by("-known_on", "-pk"))
