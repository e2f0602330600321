"""« There is a message »: the number of the case and a link, never the words, never who lives there."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.support import Audience
from concertoit.field.cases.models import Assignment, Message
from concertoit.field.cases.policies import ACCEPTED
from concertoit.field.cases.queries import people
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import in_force

KIND = Kind(
    "cases.message",
    gettext_lazy("Messages des dossiers"),
    gettext_lazy("Un message attend dans un dossier d’insalubrité. L’avis ne dit ni de qui, ni de quoi il s’agit."),
)


def declare() -> None:
    """Register the kind of notice; called when the room is wired."""
    register(KIND)


def written(*, message: Message, actor: Any) -> None:
    """Tell those who read the thread that there is something new. Called in the transaction of the message."""
    case = message.case
    url = reverse(
        "cases:messages", kwargs={"slug": case.space.slug, "reference": case.reference, "audience": message.audience}
    )
    notify(
        users=_readers(message), kind=KIND.code,
        subject=lambda: _("Nouveau message au dossier %(number)s") % {"number": case.reference},
        body=lambda: _("Ouvrez la conversation pour le lire."), url=url, space_id=case.space_id, actor=actor,
        dedup_key=f"cases.message:{message.pk}",
    )  # fmt: skip
    if message.audience == Audience.TENANT and not message.from_tenant:
        _tell_household(message)


def _readers(message: Message) -> QuerySet[User]:
    """Who follows the case, or the liaison when nobody does; and partners who accepted, in their own thread."""
    case = message.case
    wanted = Q(pk=case.follower_id) if case.follower_id else Q(role=Role.LIAISON)
    if message.audience == Audience.PARTNERS:
        took = Assignment.objects.filter(case=case, state__in=ACCEPTED).values("organisation_id")
        wanted |= Q(role=Role.RESPONDER, organisation_id__in=took)
    seats = Membership.objects.filter(in_force(), wanted, space=case.space)
    return User.objects.filter(person__in=seats.values("person_id"), is_active=True).order_by("pk")


def _tell_household(message: Message) -> None:
    """An e-mail to the person who agreed to be reached, if there is an address. It names nobody and carries no code."""
    case = message.case
    address = people.notice_address(case.household) if case.household else ""
    if address:
        send_mail_message(
            to=address, subject=lambda: _("Un message vous attend"),
            body=lambda: _("L’équipe vous a écrit. Pour lire et répondre, ouvrez votre page avec votre code de suivi."),
            space_id=case.space_id, dedup_key=f"cases.message.household:{message.pk}",
        )  # fmt: skip
