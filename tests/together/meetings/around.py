"""What tests need around meetings: a linked local committee, its news, a newcomer and a pack."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.meetings.models import News, NewsReceived, WelcomePack
from concertoit.together.meetings.services import news, welcome
from concertoit.together.plans.enums import AlignmentState
from concertoit.together.plans.models import Alignment
from tests.personas import Table
from tests.together.plans.exchanged import neighbour, neighbour_item


def linked(table: Table) -> Space:
    """A neighbour whose plan is linked to the table's, coordinated by the stranger (made once)."""
    other = neighbour()
    Space.objects.filter(pk=other.pk).update(kind="local_committee")
    other.refresh_from_db()
    Membership.objects.get_or_create(space=other, person=table.person("stranger"), role="coordination")
    if not Alignment.objects.filter(space=table.space, other_space=other).exists():
        Alignment.objects.create(
            space=table.space, item=table.action, other_space=other, other_item=neighbour_item(), kind="contributes",
            state=AlignmentState.ACCEPTED,
        )  # fmt: skip
    return other


def theirs(table: Table) -> Viewer:
    """The coordination of the linked démarche."""
    return viewer_for(table.user("stranger"), linked(table).slug)


def news_of(table: Table, **fields: Any) -> News:
    """A news that the table publishes."""
    linked(table)
    values = {"title": "Un guide est prêt", "body": "Le guide d’accueil se télécharge.", **fields}
    return news.publish(viewer=table.viewer("coordinator"), **values)


def received_by(table: Table, **fields: Any) -> NewsReceived:
    """A news that the table receives from the linked démarche."""
    values = {"title": "Premier projet dévoilé", "body": "Vingt-quatre logements.", **fields}
    one = news.publish(viewer=theirs(table), **values)
    return NewsReceived.objects.select_related("news").get(news=one, space=table.space)


def adopted(table: Table, days: int = 100) -> None:
    """Let the plan in force have been adopted some days ago; who is there has been there for longer."""
    table.version.adopted_on = timezone.localdate() - timedelta(days=days)
    table.version.save()
    Membership.objects.filter(space=table.space).update(starts_on=table.version.adopted_on - timedelta(days=300))


def joined(table: Table, days: int = 5, name: str = "Organisme Z") -> Membership:
    """Somebody who joins some days ago, for an organisation of their own."""
    organisation = Organisation.objects.create(name=name, kind="community")
    person = Person.objects.create(given_name="Juliette", family_name=f"Nouvelle {name}")
    day = timezone.localdate() - timedelta(days=days)
    return Membership.objects.create(
        space=table.space, person=person, organisation=organisation, starts_on=day, position=90
    )


def pack_of(table: Table) -> WelcomePack:
    """A pack made for the partner."""
    return welcome.make_pack(
        viewer=table.viewer("coordinator"), membership_id=table.membership("partner").pk, email="carole@exemple.test"
    )
