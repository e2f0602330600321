"""Démarches, bodies, committees, participations, priorities, directory: what pages and services do."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.ground.audit.models import Entry
from concertoit.ground.audit.services import restore
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.identity.models import Organisation, Person, ProfessionalContact
from concertoit.ground.places.models import Mrc
from concertoit.ground.spaces import queries, services
from concertoit.ground.spaces.models import BodyMembership, Committee, CrossCuttingPriority, Membership, Space
from concertoit.ground.spaces.policies import Viewer, may_create_space
from concertoit.ground.spaces.queries import Filters, Journey, JourneyStep
from concertoit.ground.spaces.services import BodyFacts, CommitteeFacts, MembershipFacts, SpaceFacts
from tests.hostile import assert_constant_queries
from tests.personas import Table

HERE = "/demarches/chantier-essai/"


@pytest.fixture
def viewer(table: Table) -> Viewer:
    return table.viewer("coordinator")


# --- démarches -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "may"), [("coordinator", True), ("administrator", True), ("stranger", True), ("partner", False)]
)
def test_who_opens_a_demarche(table: Table, key: str, may: bool):
    assert may_create_space(table.user(key)) is may


def test_opening_a_demarche_makes_its_coordinator(table: Table):
    client = table.client("administrator")
    data = {"name": "Table de quartier", "kind": "table", "mrcs": [Mrc.objects.get(code="61").pk]}
    client.post(reverse("spaces:create"), data)
    space = Space.objects.get(slug="table-de-quartier")
    assert queries.viewer_for(table.user("administrator"), space.slug).roles == {"coordination"}
    assert [mrc.code for mrc in space.mrcs.all()] == ["61"]
    with pytest.raises(NotAllowed):
        services.create_space(user=table.user("partner"), facts=SpaceFacts("Autre"))


def test_settings_are_kept_and_restored(table: Table, viewer: Viewer):
    client = table.client("coordinator")
    assert client.post(f"{HERE}reglages/", {"name": "", "kind": "chantier"}).status_code == 422
    done = client.post(
        f"{HERE}reglages/", {"name": "Chantier régional", "kind": "coalition", "home": table.x.pk, "is_public": "on"}
    )
    assert done.status_code == 302
    table.space.refresh_from_db()
    assert (table.space.name, table.space.slug, table.space.is_public) == ("Chantier régional", "chantier-essai", True)
    entry = Entry.objects.get(verb="space.updated")
    assert entry.before["name"] == "Chantier d’essai"
    assert client.get(reverse("audit:history", args=["spaces.space", table.space.pk])).status_code == 200
    restore(actor=table.user("coordinator"), entry_id=entry.pk)
    table.space.refresh_from_db()
    assert (table.space.name, table.space.is_public) == ("Chantier d’essai", False)


def test_my_demarches_are_mine_only(table: Table):
    html = table.client("stranger").get("/demarches/").content.decode()
    assert "Table d’ailleurs" in html
    assert "Chantier d’essai" not in html
    assert "aucune démarche" in table.client("administrator").get("/demarches/").content.decode()


# --- bodies, committees, seats ---------------------------------------------------------------------------------------


def test_a_committee_from_its_announcement_to_its_end(table: Table, viewer: Viewer):
    committee = services.save_committee(viewer=viewer, facts=CommitteeFacts("Comité logement"))
    assert committee.state == "to_form"
    services.move_committee(viewer=viewer, committee=committee, state="active", on=date(2026, 1, 10))
    services.add_seat(viewer=viewer, membership=table.membership("partner"), place=committee)
    with pytest.raises(DomainError, match="siège déjà"):
        services.add_seat(viewer=viewer, membership=table.membership("partner"), place=committee)
    services.move_committee(viewer=viewer, committee=committee, state="closed", on=date(2026, 6, 1))
    assert BodyMembership.objects.get(committee=committee).ends_on == date(2026, 6, 1)
    with pytest.raises(DomainError, match="terminé"):
        services.add_seat(viewer=viewer, membership=table.membership("coco"), place=committee)
    services.move_committee(viewer=viewer, committee=committee, state="active")
    committee.refresh_from_db()
    assert (committee.formed_on, committee.closed_on) == (date(2026, 1, 10), None)
    with pytest.raises(DomainError):
        services.move_committee(viewer=viewer, committee=committee, state="to_form")


def test_two_bodies_do_not_share_a_name(viewer: Viewer, table: Table):
    with pytest.raises(DomainError) as caught:
        services.save_body(viewer=viewer, facts=BodyFacts("plénière"))
    assert caught.value.field == "name"
    services.save_body(
        viewer=viewer, body=table.plenary, facts=BodyFacts("Plénière", "plenary", rhythm="Deux fois l’an")
    )
    assert "Deux fois l’an" in table.client("observer").get(f"{HERE}instances/").content.decode()


def test_nobody_sits_from_another_demarche(table: Table, viewer: Viewer):
    with pytest.raises(DomainError):
        services.add_seat(viewer=viewer, membership=table.membership("stranger"), place=table.coco)


def test_seats_through_pages(table: Table):
    client = table.client("coordinator")
    page = f"{HERE}instances/{table.coco.pk}/"
    assert client.post(f"{page}sieges/", {"membership": ""}).status_code == 422
    client.post(f"{page}sieges/", {"membership": table.membership("elected").pk, "function": "Présidence"})
    assert "Présidence" in client.get(page).content.decode()
    seat = BodyMembership.objects.get(function="Présidence")
    ended = client.post(f"{HERE}sieges/{seat.pk}/terminer/", follow=True).content.decode()
    assert "1 siège terminé" in ended
    client.post(f"{HERE}comites/nouveau/", {"name": "Comité des comités"})
    made = Committee.objects.get(name="Comité des comités")
    assert "À former" in client.get(f"{HERE}comites/{made.pk}/").content.decode()
    formed = client.post(f"{HERE}comites/{made.pk}/etat/", {"state": "active"}, follow=True)
    assert "Actif" in formed.content.decode()
    assert client.post(f"{HERE}comites/{made.pk}/etat/", {"state": "to_form"}).status_code == 422


# --- priorities ------------------------------------------------------------------------------------------------------


def test_priorities_in_their_order(table: Table, viewer: Viewer):
    client = table.client("coordinator")
    client.post(f"{HERE}priorites/", {"name": "Services de proximité", "narrative": "Près de chez soi."})
    assert client.post(f"{HERE}priorites/", {"name": "petite enfance"}).status_code == 422
    rows = CrossCuttingPriority.objects.filter(space=table.space).order_by("position", "pk")
    second = rows.last()
    client.post(f"{HERE}priorites/{second.pk}/deplacer/", {"to": "up"})
    assert [row.name for row in rows.all()] == ["Services de proximité", "Petite enfance"]
    services.move_priority(viewer=viewer, priority=rows.first(), up=True)  # at the edge: nothing
    client.post(f"{HERE}priorites/{second.pk}/", {"name": "Proximité"})
    client.post(f"{HERE}priorites/{second.pk}/retirer/")
    assert [row.name for row in rows.all()] == ["Petite enfance"]
    restore(actor=table.user("coordinator"), entry_id=Entry.objects.get(verb="priority.removed").pk)
    assert [row.name for row in rows.all()] == ["Petite enfance", "Proximité"]


def test_a_priority_that_the_plan_carries_stays(table: Table, viewer: Viewer):
    from concertoit.together.plans.models import NodePriority

    NodePriority.objects.create(
        space=table.space, version=table.version, node=table.nodes["action"], priority=table.priority
    )
    with pytest.raises(DomainError, match="Le plan se réfère"):
        services.remove_priority(viewer=viewer, priority=table.priority)


# --- participations --------------------------------------------------------------------------------------------------


def test_a_participation_through_its_page(table: Table):
    client = table.client("coordinator")
    nobody = client.post(f"{HERE}participations/nouvelle/", {"capacity": "citizen", "role": "partner"})
    assert "Nommez une personne" in nobody.content.decode()
    client.post(
        f"{HERE}participations/nouvelle/",
        {"new_given_name": "Zoé", "new_family_name": "Arrivée", "capacity": "citizen", "role": "observer"},
    )
    person = Person.objects.get(given_name="Zoé")
    membership = Membership.objects.get(person=person)
    disorder = client.post(
        f"{HERE}participations/{membership.pk}/",
        {
            "person": person.pk,
            "capacity": "citizen",
            "role": "observer",
            "starts_on": "2026-05-01",
            "ends_on": "2026-04-01",
        },
    )
    assert "La fin doit suivre le début" in disorder.content.decode()
    client.post(f"{HERE}participations/{membership.pk}/terminer/")
    assert membership not in queries.participations(table.viewer("coordinator"))
    assert "Zoé" in client.get(f"{HERE}personnes/?passees=1").content.decode()


def test_the_same_participation_is_not_added_twice(table: Table, viewer: Viewer):
    facts = MembershipFacts(person=table.person("partner"), organisation=table.x)
    with pytest.raises(DomainError, match="existe déjà"):
        services.add_membership(viewer=viewer, facts=facts)


def test_somebody_must_coordinate(table: Table, viewer: Viewer):
    with pytest.raises(DomainError, match="doit coordonner"):
        services.end_membership(viewer=viewer, membership=table.membership("coordinator"))
    with pytest.raises(DomainError, match="doit coordonner"):
        services.change_membership(
            viewer=viewer, membership=table.membership("coordinator"),
            facts=MembershipFacts(person=table.person("coordinator"), role="observer"),
        )  # fmt: skip
    assert table.viewer("coordinator").can("space.manage")


def test_who_left_sees_nothing_any_more(table: Table, viewer: Viewer):
    services.end_membership(viewer=viewer, membership=table.membership("coco"))
    assert table.client("coco").get(HERE).status_code == 404
    assert not BodyMembership.objects.filter(membership=table.membership("coco"), ends_on=None).exists()


def test_a_participation_to_come_opens_nothing_yet(table: Table):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Membership.objects.filter(pk=table.membership("partner").pk).update(starts_on=tomorrow)
    with pytest.raises(NotVisible):
        table.viewer("partner")


# --- lists -----------------------------------------------------------------------------------------------------------


def names(viewer: Viewer, **chosen: str) -> list[str]:
    return [row.name for row in queries.organisations_of(viewer, Filters(**chosen))]


def test_organisations_are_those_that_the_demarche_mentions(table: Table, viewer: Viewer):
    Organisation.objects.create(name="Ailleurs")
    planned = Organisation.objects.create(name="Seulement dans le plan")
    from concertoit.together.plans.models import NodeActor

    NodeActor.objects.create(
        space=table.space, version=table.version, node=table.nodes["action"], role="partner",
        organisation=planned, name="x",
    )  # fmt: skip
    found = names(viewer)
    assert "Seulement dans le plan" in found
    assert "Ailleurs" not in found
    assert found == sorted(found)


def test_filters_of_organisations(table: Table, viewer: Viewer):
    table.x.mrcs.add(Mrc.objects.get(code="61"))
    services.change_organisation(
        viewer=viewer, organisation=table.y, facts=services_facts(table.y, aliases=("Entraide Y",))
    )
    assert names(viewer, kind="housing_nonprofit") == [table.x.name]
    assert names(viewer, mrc="61") == [table.x.name]
    assert names(viewer, mrc="980") == ["Ville d’essai"]
    assert names(viewer, capacity="elected") == ["Ville d’essai"]
    assert names(viewer, role="funder") == ["Bailleur d’essai"]
    assert names(viewer, search="ENTRAIDE y") == [table.y.name]
    assert names(viewer, search="zzz") == []


def services_facts(row: Organisation, **changes: object):
    from concertoit.ground.identity.services import OrganisationFacts

    return OrganisationFacts(**{"name": row.name, "short_name": row.short_name, "kind": row.kind, **changes})


def test_steps_are_told_by_another_room(table: Table, viewer: Viewer, monkeypatch: pytest.MonkeyPatch):
    partner = table.membership("partner")
    step = JourneyStep("7", "Atelier de démarrage", date(2026, 2, 24))
    journey = Journey(
        steps=lambda viewer: [step],
        members=lambda viewer, key: [partner.pk] if key == "7" else [],
        taken=lambda viewer, ids: {partner.pk: [step]},
    )
    monkeypatch.setattr("concertoit.ground.spaces.queries.journeys._journeys", [journey])
    assert queries.participations(viewer, Filters(step="7")) == [partner]
    assert names(viewer, step="7") == [table.x.name]
    client = table.client("observer")
    assert "Atelier de démarrage" in client.get(f"{HERE}organismes/{table.x.pk}/").content.decode()
    assert "Atelier de démarrage" in client.get(f"{HERE}personnes/{table.person('partner').pk}/").content.decode()
    assert "Atelier de démarrage" in client.get(f"{HERE}personnes/?etape=7").content.decode()


def test_contacts_are_for_the_people_of_the_table(table: Table):
    assert "partner@exemple.test" in table.client("elected").get(f"{HERE}personnes/").content.decode()
    for key in ("observer", "funder"):
        assert "partner@exemple.test" not in table.client(key).get(f"{HERE}personnes/").content.decode()
        page = table.client(key).get(f"{HERE}personnes/{table.person('partner').pk}/").content.decode()
        assert "partner@exemple.test" not in page


def test_personal_data_are_masked_and_looking_is_written(table: Table, viewer: Viewer):
    person = table.person("partner")
    page = f"{HERE}personnes/{person.pk}/"
    coordinator = table.client("coordinator")
    nothing = coordinator.post(f"{page}renseignements/modifier/", {"email": "c@maison.test", "purpose": ""})
    assert nothing.status_code == 422
    coordinator.post(f"{page}renseignements/modifier/", {"email": "carole@maison.test", "purpose": "Joindre"})
    html = coordinator.get(page).content.decode()
    assert "c•••@maison.test" in html
    assert "carole@maison.test" not in html
    assert "maison.test" not in table.client("coco").get(page).content.decode()
    assert not Entry.objects.filter(verb="person.personal_data_viewed").exists()
    assert "carole@maison.test" in coordinator.post(f"{page}renseignements/").content.decode()
    assert Entry.objects.get(verb="person.personal_data_viewed").actor_id == table.user("coordinator").pk
    coordinator.post(f"{page}renseignements/modifier/", {})
    assert "Rien n’est gardé" in coordinator.get(page).content.decode()


def test_the_file_of_participants(table: Table):
    Membership.objects.filter(pk=table.membership("elected").pk).update(capacity_note="=1+1")
    answer = table.client("coordinator").post(f"{HERE}personnes/fichier/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 10
    partner = next(row for row in rows if row["Personne-ressource"] == "Carole Témoin")
    assert (partner["Organisme"], partner["Courriel"]) == ("Organisme X d’habitation", "partner@exemple.test")
    assert any(row["Précision"] == "'=1+1" for row in rows)
    assert Entry.objects.filter(verb="participants.exported").count() == 1


def test_an_organisation_through_its_pages(table: Table):
    client = table.client("coordinator")
    new = {"name": "Table des aînés", "kind": "round_table", "aliases": "TDA\nTable aînés", "neq": "1162 345 678"}
    taken = client.post(f"{HERE}organismes/nouveau/", {**new, "name": "organisme x"})
    assert "est déjà un nom de" in taken.content.decode()
    unknown = client.post(f"{HERE}organismes/nouveau/", {**new, "municipality": "Nulle-Part"})
    assert "Aucune municipalité" in unknown.content.decode()
    client.post(f"{HERE}organismes/nouveau/", {**new, "municipality": "ville d’essai"})
    made = Organisation.objects.get(name="Table des aînés")
    assert (made.neq, made.municipality) == ("1162345678", table.municipality)
    # It takes part, though nobody is named yet; the first person named takes that place, and makes no second one.
    assert Membership.objects.get(space=table.space, organisation=made).person is None
    services.add_membership(
        viewer=table.viewer("coordinator"), facts=MembershipFacts(person=table.person("observer"), organisation=made)
    )
    assert Membership.objects.get(space=table.space, organisation=made).person == table.person("observer")
    page = client.get(f"{HERE}organismes/{made.pk}/").content.decode()
    assert "TDA" in page
    assert "1162345678" in page
    assert "TDA\nTable aînés" in client.get(f"{HERE}organismes/{made.pk}/modifier/").content.decode()


def test_duplicates_are_merged_and_separated_from_the_page(table: Table, viewer: Viewer):
    twin = Organisation.objects.create(name="Logis Z")
    services.add_membership(viewer=viewer, facts=MembershipFacts(organisation=twin))
    client = table.client("coordinator")
    assert "Aucun doublon" in client.get(f"{HERE}organismes/doublons/").content.decode()
    Organisation.objects.filter(pk=twin.pk).update(name="Organisme X habitation")
    assert "mêmes mots" in client.get(f"{HERE}organismes/doublons/").content.decode()
    merged = client.post(f"{HERE}organismes/{table.x.pk}/fusionner/", {"merged": twin.pk}, follow=True)
    html = merged.content.decode()
    assert "Fiche fusionnée ici" in html
    assert f"{HERE}organismes/{twin.pk}/separer/" in html
    client.post(f"{HERE}organismes/{twin.pk}/separer/")
    assert Organisation.objects.get(pk=twin.pk).merged_into is None
    assert client.post(f"{HERE}organismes/{table.x.pk}/fusionner/", {"merged": "x"}).status_code == 404


def test_a_merge_is_undone_from_the_history(table: Table, viewer: Viewer):
    services.merge_into(viewer=viewer, kept=table.x, merged=table.y)
    entry = Entry.objects.get(verb="organisation.merged")
    restore(actor=table.user("coordinator"), entry_id=entry.pk)
    assert Organisation.objects.get(pk=table.y.pk).merged_into is None


def test_a_person_keeps_what_the_form_does_not_show(table: Table):
    person = table.person("partner")
    for value in ("450 555-0100", "450 555-0101"):
        ProfessionalContact.objects.create(person=person, kind="phone", value=value)
    page = f"{HERE}personnes/{person.pk}/modifier/"
    table.client("coordinator").post(
        page, {"given_name": "Carole", "family_name": "Témoin", "email": "c@exemple.test", "phone": "450 555-0100"}
    )
    values = set(person.contacts.values_list("value", flat=True))
    assert values == {"c@exemple.test", "450 555-0100", "450 555-0101"}


@pytest.mark.parametrize("page", ["organismes/", "personnes/", "instances/", "invitations/", "", "priorites/"])
def test_pages_cost_the_same_with_ten_times_the_rows(table: Table, viewer: Viewer, page: str):
    def more() -> None:
        for number in range(20):
            person = Person.objects.create(given_name="P", family_name=str(number))
            organisation = Organisation.objects.create(name=f"Org {number}")
            membership = Membership.objects.create(space=table.space, person=person, organisation=organisation)
            BodyMembership.objects.create(space=table.space, membership=membership, body=table.coco)
            CrossCuttingPriority.objects.create(space=table.space, name=f"Priorité {number}")
            Committee.objects.create(space=table.space, name=f"Comité {number}")

    assert_constant_queries(more, lambda: table.client("coordinator").get(f"{HERE}{page}"), at_most=15)
