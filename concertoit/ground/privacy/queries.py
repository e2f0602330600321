"""Reads of privacy."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from concertoit.ground.privacy.models import Incident, PrivacyConsent
from concertoit.ground.privacy.policies import Purpose, personal_fields, purpose_of


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


def incidents(user: Any) -> QuerySet[Incident]:
    """The register, for who looks after the installation."""
    rows = Incident.objects.order_by("-known_on", "-pk")
    return rows if getattr(user, "is_administrator", False) else rows.none()
