"""Nothing about people is kept without its purpose being said."""

import re

import pytest
from django.apps import apps
from django.db import models

from concertoit.ground.privacy.policies import personal_fields, purpose_of

LOOKS_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|telephone|address|birth\w*|given_name|family_name|person_name|actor_label|author_label)($|_)"
)
NOT_ABOUT_A_PERSON = {
    "notifications.notice.email": "how a notice is sent, not where",
    "notifications.preference.email": "how a notice is sent, not where",
    "notifications.notice.emailed_at": "a date",
    "identity.user.email_verified": "a date",
}


def looks_personal(field: "models.Field[object, object]") -> bool:
    text = isinstance(field, models.CharField | models.TextField)
    return isinstance(field, models.EmailField) or (text and bool(LOOKS_PERSONAL.search(field.name)))


def test_every_field_about_people_has_a_purpose() -> None:
    declared = {f"{one.model}.{one.field}" for one in personal_fields()}
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("concertoit.")
        for field in model._meta.concrete_fields
        if looks_personal(field)
    }
    missing = found - declared - set(NOT_ABOUT_A_PERSON)
    assert not missing, f"declare in the privacy.py of the room: {sorted(missing)}"


def test_every_declared_field_exists_and_has_a_known_purpose() -> None:
    for one in personal_fields():
        assert apps.get_model(one.model)._meta.get_field(one.field).name == one.field
        assert purpose_of(one.purpose).label


@pytest.mark.parametrize("name", ["email", "phone_number", "given_name", "author_label"])
def test_what_looks_personal(name: str) -> None:
    field = models.CharField()
    field.name = name
    assert looks_personal(field)
