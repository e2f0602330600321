"""Finding the people and organisations of a démarche: from inside only, by name, never by personal data."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from concertoit.ground.identity.models import PersonalData
from concertoit.ground.identity.services import OrganisationFacts, PersonFacts
from concertoit.ground.search import policies, queries
from concertoit.ground.search.models import Document
from concertoit.ground.spaces import services
from concertoit.ground.spaces.services import CommitteeFacts, InvitationFacts, MembershipFacts, SpaceFacts, indexing
from tests.personas import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(table: Table) -> Table:
    call_command("reindex", verbosity=0)
    return table


def found(table: Table, question: str, who: str = "observer") -> list[tuple[str, str]]:
    hits = queries.find(policies.readers_of(table.user(who)), question)
    return [(one.document.kind, one.document.url) for one in queries.results(hits, hits.hits)]


def page(table: Table, rest: str) -> str:
    return f"/demarches/{table.space.slug}/{rest}"


def test_people_organisations_bodies_and_committees(known: Table) -> None:
    person, x = known.person("partner"), known.x
    assert (indexing.PERSON, page(known, f"personnes/{person.pk}/")) in found(known, "carole temoin")
    assert (indexing.ORGANISATION, page(known, f"organismes/{x.pk}/")) in found(known, "ORGANISME X")
    assert (indexing.BODY, page(known, f"instances/{known.coco.pk}/")) in found(known, "coco")
    assert (indexing.COMMITTEE, page(known, f"comites/{known.committee.pk}/")) in found(known, "comité des actions")
    assert (indexing.SPACE, page(known, "")) in found(known, "chantier")


def test_an_organisation_leads_to_its_people(known: Table) -> None:
    assert (indexing.PERSON, page(known, f"personnes/{known.person('partner').pk}/")) in found(known, "organisme x")


def test_every_page_found_opens(known: Table) -> None:
    for row in Document.objects.filter(space_id=known.space.pk, kind__startswith="spaces."):
        assert known.client("observer").get(row.url).status_code == 200, row.url


def test_a_stranger_finds_nothing(known: Table) -> None:
    assert not [one for one in found(known, "organisme", "stranger") if known.space.slug in one[1]]
    assert found(known, "carole", "stranger") == []
    assert found(known, "carole", "administrator") == []


def test_neither_contacts_nor_personal_data_are_found(known: Table) -> None:
    person = known.person("partner")
    PersonalData.objects.create(
        person=person, email="chez-elle@exemple.test", address="12, rue Cachée", purpose="x",
        collected_on=timezone.localdate(),
    )  # fmt: skip
    call_command("reindex", verbosity=0)
    for question in ("chez-elle", "cachée", "partner@exemple.test", "exemple.test"):
        assert indexing.PERSON not in {kind for kind, _url in found(known, question, "coordinator")}


def test_a_participation_is_found_at_once_and_its_change(known: Table) -> None:
    viewer = known.viewer("coordinator")
    person = services.add_person(viewer=viewer, facts=PersonFacts("Léonie", "Tremblé"))
    assert found(known, "tremble") == []
    row = services.add_membership(viewer=viewer, facts=MembershipFacts(person=person, organisation=known.y))
    assert found(known, "leonie") == [(indexing.PERSON, page(known, f"personnes/{person.pk}/"))]
    other = services.add_person(viewer=viewer, facts=PersonFacts("Ovila"))
    services.change_membership(viewer=viewer, membership=row, facts=MembershipFacts(person=other))
    assert found(known, "leonie") == []
    assert found(known, "ovila") == [(indexing.PERSON, page(known, f"personnes/{other.pk}/"))]
    services.change_person(viewer=viewer, person=other, facts=PersonFacts("Ovide"))
    assert found(known, "ovila") == []
    assert indexing.PERSON in {kind for kind, _url in found(known, "ovide")}


def test_an_organisation_under_its_new_name(known: Table) -> None:
    facts = OrganisationFacts(name="Coopérative nouvelle", aliases=("Coop du coin",))
    services.change_organisation(viewer=known.viewer("coordinator"), organisation=known.y, facts=facts)
    assert (indexing.ORGANISATION, page(known, f"organismes/{known.y.pk}/")) in found(known, "coop du coin")
    assert indexing.ORGANISATION not in {kind for kind, _url in found(known, "entraide")}


def test_a_merged_row_leads_to_the_one_that_was_kept(known: Table) -> None:
    viewer = known.viewer("coordinator")
    services.merge_into(viewer=viewer, kept=known.x, merged=known.y)
    addresses = [url for kind, url in found(known, "entraide") if kind == indexing.ORGANISATION]
    assert addresses == [page(known, f"organismes/{known.x.pk}/")]
    known.y.refresh_from_db()
    services.unmerge(viewer=viewer, merged=known.y)
    addresses = [url for kind, url in found(known, "entraide") if kind == indexing.ORGANISATION]
    assert addresses == [page(known, f"organismes/{known.y.pk}/")]


def test_merged_people(known: Table) -> None:
    viewer = known.viewer("coordinator")
    double = services.add_person(viewer=viewer, facts=PersonFacts("Caroline", "Temoin"))
    services.add_membership(viewer=viewer, facts=MembershipFacts(person=double, organisation=known.y))
    services.merge_into(viewer=viewer, kept=known.person("partner"), merged=double)
    assert found(known, "caroline") == []
    assert page(known, f"personnes/{known.person('partner').pk}/") in [url for _kind, url in found(known, "carole")]


def test_bodies_committees_and_the_demarche_as_they_are_written(known: Table) -> None:
    viewer = known.viewer("coordinator")
    committee = services.save_committee(viewer=viewer, facts=CommitteeFacts(name="Comité des fenêtres"))
    assert found(known, "fenetres") == [(indexing.COMMITTEE, page(known, f"comites/{committee.pk}/"))]
    services.save_committee(viewer=viewer, facts=CommitteeFacts(name="Comité des portes"), committee=committee)
    assert found(known, "fenetres") == []
    services.update_space(viewer=viewer, facts=SpaceFacts(name="Chantier rebaptisé", home=known.y))
    assert (indexing.SPACE, page(known, "")) in found(known, "rebaptise")
    made = services.create_space(user=known.user("coordinator"), facts=SpaceFacts(name="Coalition toute neuve"))
    assert (indexing.SPACE, f"/demarches/{made.slug}/") in found(known, "coalition neuve", "coordinator")
    assert found(known, "coalition neuve", "partner") == []


def test_who_accepts_an_invitation(known: Table) -> None:
    viewer = known.viewer("coordinator")
    invitation = services.invite(viewer=viewer, facts=InvitationFacts(email="z@exemple.test", organisation=known.y))
    services.open_account_from(
        invitation=invitation, given_name="Zénaïde", family_name="Neuve", password="une phrase assez longue",
        language="fr-ca",
    )  # fmt: skip
    assert indexing.PERSON in {kind for kind, _url in found(known, "zenaide")}
    assert found(known, "z@exemple.test") == []
