"""What identity keeps about people, why, and until when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from concertoit.ground.identity.models import Person, PersonalData
from concertoit.ground.identity.services import forget_personal_data
from concertoit.ground.privacy.enums import Basis, Gone
from concertoit.ground.privacy.policies import (
    Keeper,
    Purpose,
    Remover,
    register_field,
    register_keeper,
    register_purpose,
    register_remover,
)

register_purpose(
    Purpose("account", _("Ouvrir un compte et le protéger"), Basis.NECESSARY, 0, _("tant que le compte est ouvert"))
)
register_purpose(
    Purpose(
        "participation",
        _("Participer à une démarche au nom d’un organisme ou d’une instance"),
        Basis.NECESSARY,
        0,
        _("la durée de la participation, puis la mémoire de la démarche"),
    )
)
register_purpose(
    Purpose(
        "personal_contact",
        _("Joindre une personne qui participe à titre personnel et répondre à ses besoins"),
        Basis.CONSENT,
        0,
        _("jusqu’à la date convenue avec la personne"),
    )
)


def _held(person_id: int) -> bool:
    return PersonalData.objects.filter(person_id=person_id).exists()


def _forget(actor: Any, person_id: int) -> None:
    person = Person.objects.get(pk=person_id)
    forget_personal_data(actor=actor, person=person, space_id=None)


register_keeper(Keeper("personal_contact", _held, _forget))
register_field("identity.user", "email", "name", purpose="account")
register_field("identity.person", "given_name", "family_name", purpose="participation")
register_field("identity.professionalcontact", "value", "title", purpose="participation")
register_field("identity.personaldata", "email", "phone", "address", "needs", purpose="personal_contact")


def _due(today: date) -> Iterable[int]:
    return PersonalData.objects.filter(keep_until__lt=today).order_by("pk").values_list("pk", flat=True)


def _remove(ids: list[int]) -> None:
    PersonalData.objects.filter(pk__in=ids).delete()


register_remover(
    Remover(
        "identity.personal_data",
        _("Données personnelles dont la date convenue est passée"),
        "personal_contact",
        Gone.DESTROYED,
        _due,
        _remove,
    )
)
