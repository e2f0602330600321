"""Two démarches share a directory, never their journals nor the rights of their people."""

from __future__ import annotations

import pytest
from django.urls import reverse

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.identity.services import OrganisationFacts
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.spaces.services import change_organisation, merge_into
from tests.personas import Table


@pytest.fixture
def elsewhere(table: Table) -> Viewer:
    """The coordination of the other démarche, in which organisations x and y take part too."""
    for row in (table.x, table.y):
        Membership.objects.create(space=table.other, organisation=row)
    return viewer_for(table.user("stranger"), table.other.slug)


def _renamed(viewer: Viewer, organisation: Organisation, short_name: str) -> None:
    facts = OrganisationFacts(name=organisation.name, short_name=short_name, kind=organisation.kind)
    change_organisation(viewer=viewer, organisation=organisation, facts=facts)


def _history(table: Table, key: str) -> str:
    address = reverse("audit:history", kwargs={"object_type": "identity.organisation", "object_id": table.x.pk})
    response = table.client(key).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_history_of_a_shared_organisation_tells_each_its_own(table: Table, elsewhere: Viewer) -> None:
    """Who changed it in another démarche is the journal of that démarche."""
    _renamed(table.viewer("coordinator"), table.x, "Court ici")
    _renamed(elsewhere, table.x, "Court ailleurs")
    here, there = _history(table, "coordinator"), _history(table, "stranger")
    assert "Alice Modèle" in here
    assert "Hector Ailleurs" not in here
    assert "Hector Ailleurs" in there
    assert "Alice Modèle" not in there


def _shared_person(table: Table, role: Role) -> Person:
    """Somebody without an account who takes part in both démarches; the role is theirs in the first."""
    person = Person.objects.create(given_name="Jeanne", family_name="Partout")
    Membership.objects.create(space=table.space, person=person, role=role)
    Membership.objects.create(space=table.other, person=person)
    return person


def test_merging_people_opens_no_other_demarche(table: Table, elsewhere: Viewer) -> None:
    """The stranger makes one person of themselves and of somebody who coordinates here: they still see nothing here."""
    me, other = table.person("stranger"), _shared_person(table, Role.COORDINATION)
    for kept, merged in ((me, other), (other, me)):
        with pytest.raises(DomainError, match="autre démarche"):
            merge_into(viewer=elsewhere, kept=kept, merged=merged)
    table.user("stranger").refresh_from_db()
    with pytest.raises(NotVisible):
        viewer_for(table.user("stranger"), table.space.slug)


def test_two_people_without_an_account_still_merge(table: Table, elsewhere: Viewer) -> None:
    double = Person.objects.create(given_name="Jeanne", family_name="Partout")
    Membership.objects.create(space=table.other, person=double)
    person = _shared_person(table, Role.PARTNER)
    merge_into(viewer=elsewhere, kept=person, merged=double)
    assert Membership.objects.filter(person=person).count() == 3


def test_merging_organisations_moves_nothing_of_another_demarche(table: Table, elsewhere: Viewer) -> None:
    """A partner here who coordinates elsewhere does not make theirs what another organisation carries here."""
    with pytest.raises(DomainError, match="autre démarche"):
        merge_into(viewer=elsewhere, kept=table.y, merged=table.x)
    assert table.nodes["action"].actors.filter(organisation=table.x).exists()


def test_who_coordinates_both_merges(table: Table, elsewhere: Viewer) -> None:
    Membership.objects.create(space=table.space, person=table.person("stranger"), role=Role.COORDINATION)
    merge_into(viewer=elsewhere, kept=table.y, merged=table.x)
    assert Organisation.objects.get(pk=table.x.pk).merged_into == table.y
