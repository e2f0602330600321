"""Associations and assemblies (P4), the residents' committee (P1), committees by capacity (S7), parameters, the desk."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from concertoit.field.participation.models import Assembly, GrantYear, Mandate, ParameterValue, TenantAssociation
from concertoit.field.participation.queries.committee import composition
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.services import associations, committee
from concertoit.field.participation.views.desk import brought
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Organisation, Person
from concertoit.ground.spaces.enums import Capacity
from concertoit.ground.spaces.models import BodyMembership, Committee, GoverningBody, Membership
from tests.field.participation import made
from tests.hostile import assert_constant_queries, assert_queries
from tests.personas import Table


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"participation:{name}", kwargs={"slug": table.space.slug, **kwargs})


def page(table: Table, name: str, key: str = "coordinator", **kwargs: object) -> str:
    answer = table.client(key).get(url(table, name, **kwargs))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


class TestParameters:
    def test_the_table_is_on_screen_and_says_what_is_not_confirmed(self, table: Table) -> None:
        html = page(table, "parameters", "observer")
        assert "art. 58.4" in html
        assert html.count("Non confirmé</span>") == 5
        assert "Fixer ici" not in html

    def test_a_value_of_ones_own(self, table: Table) -> None:
        client, address = table.client("coordinator"), url(table, "parameter_edit", code="election.notice_days")
        wrong = client.post(address, {"value": "dix", "since": "2026-01-01", "source": "Règlement"})
        assert wrong.status_code == 422
        assert 'value="dix"' in wrong.content.decode()
        client.post(address, {"value": "10", "since": "2026-01-01", "source": "Règlement 4"})
        assert parameters_of(table.space).number("election.notice_days") == 10
        assert "Règlement 4" in page(table, "parameters")
        client.post(address, {"value": "14", "since": "2026-01-01", "source": "Règlement 4"})
        assert ParameterValue.objects.count() == 1

    def test_yes_or_no_and_unknown_codes(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        associations.set_parameter(
            viewer=viewer, code="election.online_is_assembly", text="non", since=date(2026, 1, 1), source="Avis"
        )
        assert parameters_of(table.space)["election.online_is_assembly"] == 0
        with pytest.raises(DomainError, match="d’où vient"):
            associations.set_parameter(
                viewer=viewer, code="ccr.notice_days", text="8", since=date(2026, 1, 1), source=" "
            )
        assert table.client("coordinator").get(url(table, "parameter_edit", code="rien")).status_code == 404


class TestAssociations:
    def test_written_on_the_register(self, table: Table) -> None:
        place, client = made.complex_of(table), table.client("coordinator")
        data = {
            "name": "Association de la Tour", "complexes": [place.pk], "recognition": "recognised", "recognised_on": "",
            "founded_on": "2025-02-01", "founding_presence": "12", "all_invited": "True", "office_witness": "",
        }  # fmt: skip
        wrong = client.post(url(table, "association_new"), data)
        assert wrong.status_code == 422
        assert "Dites quand l’office" in wrong.content.decode()
        client.post(url(table, "association_new"), {**data, "recognised_on": "2025-03-01"})
        row = TenantAssociation.objects.get()
        assert Organisation.objects.get(pk=row.organisation_id).name == "Association de la Tour"
        html = page(table, "association", "partner", association_id=row.pk)
        assert "12 présents, 12 demandés" in html
        assert "Non évaluable" in html  # nobody wrote whether the office was there
        again = client.post(url(table, "association_new"), {**data, "recognised_on": "2025-03-01"})
        assert "déjà au registre" in again.content.decode()

    def test_a_yearly_meeting_that_is_late_is_visible(self, table: Table) -> None:
        row = made.association_of(table)
        made.assembly_of(table, association=row, on=made.today() - timedelta(days=400), present=20)
        for name in ("home", "associations"):
            assert "retard" in page(table, name, "partner").lower()
        made.assembly_of(table, association=row, on=made.today() - timedelta(days=3), present=20)
        assert "En retard" not in page(table, "associations")

    def test_the_grant_follows_from_the_parameters(self, table: Table) -> None:
        viewer, row = table.viewer("coordinator"), made.association_of(table)
        grant = associations.write_grant(viewer=viewer, association_id=row.pk, year=2026, used=Decimal("800"))
        assert (grant.paid, grant.dwellings) == (Decimal("3540.00"), 120)  # 30 $ less 0.50 $ for each dwelling
        assert "23 %" in page(table, "association", association_id=row.pk)
        associations.write_grant(viewer=viewer, association_id=row.pk, year=2026, paid=Decimal("900"))
        assert GrantYear.objects.get().paid == 900
        with pytest.raises(DomainError, match="Plus de dépenses"):
            associations.write_grant(viewer=viewer, association_id=row.pk, year=2026, used=Decimal("4000"))
        empty = made.association_of(table, "Autre", complexes=(made.complex_of(table, "Sans nombre", None),))
        with pytest.raises(DomainError, match="Écrivez le montant"):
            associations.write_grant(viewer=viewer, association_id=empty.pk, year=2026)

    def test_the_same_queries_whatever_the_number(self, table: Table) -> None:
        made.association_of(table)
        client = table.client("coordinator")

        def more() -> None:
            for number in range(4):
                row = made.association_of(table, f"Association {number}")
                made.assembly_of(table, association=row, present=4)

        assert_constant_queries(more, lambda: client.get(url(table, "associations")))

    def test_twelve_queries_at_most(self, table: Table) -> None:
        row = made.association_of(table)
        made.seat_of(table)
        client = table.client("partner")
        client.get("/")
        for address in (
            url(table, "association", association_id=row.pk), url(table, "committee"), url(table, "committees"),
            url(table, "assemblies"), url(table, "parameters"),
        ):  # fmt: skip
            with assert_queries(14):
                assert client.get(address).status_code == 200


class TestAssemblies:
    def test_called_then_held(self, table: Table) -> None:
        row, client = made.association_of(table), table.client("coordinator")
        day = made.today() + timedelta(days=10)
        data = {"kind": "yearly", "association": row.pk, "on": str(day), "notice_on": str(day + timedelta(days=1))}
        wrong = client.post(url(table, "assembly_new"), data)
        assert "L’avis part avant" in wrong.content.decode()
        client.post(url(table, "assembly_new"), {**data, "notice_on": str(made.today()), "quorum": "12"})
        one = Assembly.objects.get()
        assert "À venir" in page(table, "assemblies", "partner")
        edit = url(table, "assembly_edit", assembly_id=one.pk)
        held = {**data, "notice_on": str(made.today()), "quorum": "12", "present": "11", "accounts_adopted": "True"}
        client.post(edit, held)
        html = page(table, "assembly", "partner", assembly_id=one.pk)
        assert "Non atteint" in html
        assert "Convoquée" not in html

    @pytest.mark.parametrize(("votes", "says"), [(20, "Adopté</span>"), (19, "Rejeté</span>")])
    def test_by_laws_change_by_two_thirds_of_those_present(self, table: Table, votes: int, says: str) -> None:
        one = made.assembly_of(table, present=30, by_laws_text="Ajouter une place.", by_laws_for=votes)
        html = page(table, "assembly", "partner", assembly_id=one.pk)
        assert says in html
        assert "FLHLMQ" in html

    def test_not_more_votes_than_people(self, table: Table) -> None:
        with pytest.raises(DomainError, match="plus de voix"):
            made.assembly_of(table, present=3, by_laws_for=4)

    def test_files_of_an_assembly(self, table: Table) -> None:
        one = made.assembly_of(table)
        assert "Joindre des fichiers" in page(table, "assembly", assembly_id=one.pk)
        assert "Joindre des fichiers" not in page(table, "assembly", "partner", assembly_id=one.pk)


class TestCommittee:
    def test_it_becomes_a_body_with_its_meetings(self, table: Table) -> None:
        client = table.client("coordinator")
        assert "n’est pas inscrit" in page(table, "committee")
        wrong = client.post(url(table, "committee_edit"), {"board_size": "16"})
        assert "au plus 15" in wrong.content.decode().replace("\u00a0", " ")
        client.post(url(table, "committee_edit"), {"board_size": "9"})
        assert GoverningBody.objects.get(short_name="CCR").space == table.space
        client.post(url(table, "committee_edit"), {"board_size": "11"})
        assert GoverningBody.objects.filter(short_name="CCR").count() == 1

    def test_named_by_a_recognised_association_only(self, table: Table) -> None:
        made.committee_of(table)
        asked = made.association_of(table, recognition="asked", recognised_on=None)
        with pytest.raises(DomainError, match="association reconnue"):
            made.seat_of(table, origin="association", association=asked)
        with pytest.raises(DomainError, match="association reconnue"):
            made.seat_of(table, "Autre Personne", origin="association")

    def test_twenty_five_and_no_more(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        associations.set_parameter(
            viewer=viewer, code="ccr.members_max", text="2", since=date(2020, 1, 1), source="Essai"
        )
        made.seat_of(table, "Un Membre")
        twice = Person.objects.get(given_name="Un")
        with pytest.raises(DomainError, match="siège déjà"):
            made.seat_of(table, person=twice)
        made.seat_of(table, "Deux Membre")
        with pytest.raises(DomainError, match="déjà 2 membres"):
            made.seat_of(table, "Trois Membre")

    def test_a_replacement_finishes_the_term(self, table: Table) -> None:
        viewer = table.viewer("coordinator")
        gone = made.seat_of(table, "Avant Parti")
        with pytest.raises(DomainError, match="siège encore"):
            made.seat_of(table, "Après Venue", starts_on=made.today(), replaces=gone)
        committee.leave_seat(viewer=viewer, mandate=gone, why="tenancy")
        new = made.seat_of(table, "Après Venue", starts_on=made.today(), replaces=gone)
        assert new.ends_on == gone.ends_on
        with pytest.raises(DomainError, match="finit déjà ce mandat"):
            made.seat_of(table, "Encore Une", starts_on=made.today(), replaces=gone)
        with pytest.raises(DomainError, match="déjà terminé"):
            committee.leave_seat(viewer=viewer, mandate=gone, why="term")

    def test_only_who_elected_can_dismiss(self, table: Table) -> None:
        viewer, seat = table.viewer("coordinator"), made.seat_of(table)
        association = made.association_of(table)
        theirs = made.assembly_of(table, association=association)
        for by in (None, theirs):
            with pytest.raises(DomainError, match="Seule l’instance"):
                committee.leave_seat(viewer=viewer, mandate=seat, why="dismissed", by=by)
        everybody = made.assembly_of(table, kind="special")
        left = committee.leave_seat(viewer=viewer, mandate=seat, why="dismissed", by=everybody)
        assert left.left_by == everybody
        other = made.seat_of(table, "Autre Membre")
        with pytest.raises(DomainError, match="suivre le début"):
            committee.leave_seat(viewer=viewer, mandate=other, why="term", on=date(2000, 1, 1))

    def test_from_the_pages(self, table: Table) -> None:
        made.committee_of(table)
        client, place = table.client("coordinator"), made.complex_of(table)
        data = {
            "new_given_name": "Ana", "new_family_name": "Tremble", "origin": "office", "complex": place.pk,
            "starts_on": str(made.today()),
        }  # fmt: skip
        assert client.post(url(table, "seat_new"), {**data, "new_given_name": ""}).status_code == 422
        client.post(url(table, "seat_new"), data)
        seat = Mandate.objects.get()
        assert "Ana Tremble" in page(table, "committee", "partner")
        end = {"why": "resigned", "on": str(made.today())}
        client.post(url(table, "seat_end", mandate_id=seat.pk), end)
        html = page(table, "committee")
        assert "Démission" in html
        assert "Remplacer" in html
        assert "Ana Tremble" in table.client("coordinator").get(
            url(table, "seat_new") + f"?remplace={seat.pk}"
        ).content.decode()  # fmt: skip

    def test_ends_warn_in_time(self, table: Table) -> None:
        made.seat_of(table, starts_on=made.today() - timedelta(days=1060))
        assert "prévoyez la relève" in page(table, "committee")
        whole = composition(table.space, parameters_of(table.space), made.today())
        assert len(whole.ending) == 1
        late = composition(table.space, parameters_of(table.space), made.today() + timedelta(days=200))
        assert [one.code for one in late.checks if one.verdict == "fix" and one.code == "ccr.mandates"]

    def test_advice_from_the_question_to_what_became_of_it(self, table: Table) -> None:
        made.committee_of(table)
        client = table.client("coordinator")
        asked = made.today() - timedelta(days=20)
        data = {"subject": "policy", "title": "Stationnement", "asked_on": str(asked), "decides_on": str(asked)}
        client.post(url(table, "advice_new"), data)
        row = committee.AdviceRequest.objects.get()
        assert "Préavis trop court" in page(table, "advice", "partner", advice_id=row.pk)
        edit = url(table, "advice_edit", advice_id=row.pk)
        more = {**data, "decides_on": str(made.today()), "advice_on": str(asked), "advice": "D’accord."}
        assert "Dites le sens" in client.post(edit, more).content.decode()
        more |= {"sense": "conditions", "followed": "no", "followed_on": str(made.today())}
        assert "pourquoi son avis" in client.post(edit, more).content.decode()
        client.post(edit, {**more, "answer": "Le budget ne le permet pas."})
        html = page(table, "advice", "partner", advice_id=row.pk)
        assert "Préavis conforme" in html
        assert "Le budget ne le permet pas." in html

    @pytest.mark.parametrize(
        ("facts", "says"),
        [({"decides_on": date(2020, 1, 1)}, "décision suit"), ({"advice_on": date(2020, 1, 1)}, "L’avis suit")],
    )
    def test_dates_in_order(self, table: Table, facts: dict[str, object], says: str) -> None:
        with pytest.raises(DomainError, match=says):
            made.advice_of(table, **facts)

    def test_advice_needs_a_committee(self, table: Table) -> None:
        assert table.client("coordinator").get(url(table, "advice_new")).status_code == 422


class TestCapacities:
    def seat(self, table: Table, place: Committee, capacity: str, number: int) -> None:
        for _turn in range(number):
            person = Person.objects.create(given_name=f"{capacity} {Membership.objects.count()}")
            member = Membership.objects.create(
                space=table.space, person=person, capacity=capacity, position=Membership.objects.count()
            )
            BodyMembership.objects.create(space=table.space, membership=member, committee=place)

    def test_ten_committees_seventy_two_people(self, table: Table) -> None:
        """Seed 002: more than 72 tenants, managers, directors and workers in ten committees."""
        Committee.objects.all().delete()
        capacities = [Capacity.TENANT, Capacity.MANAGER, Capacity.DIRECTOR, Capacity.WORKER]
        for number in range(10):
            place = Committee.objects.create(space=table.space, name=f"Comité {number}", state="active")
            for index, capacity in enumerate(capacities):
                self.seat(table, place, capacity, 2 if index < 3 else 1)
        first = Committee.objects.get(name="Comité 0")
        self.seat(table, first, Capacity.WORKER, 2)
        Committee.objects.create(space=table.space, name="Ancien", state="closed")
        html = page(table, "committees", "observer")
        assert ">10<" in html.replace(" ", "").replace("\n", "")
        rows = list(
            csv.reader(
                io.StringIO(table.client("observer").get(url(table, "committees_file")).content.decode()),
                delimiter=";",
            )
        )
        assert rows[0][0] == "\ufeffComité"
        assert rows[0][2:] == ["Locataire", "Gestionnaire", "Administratrice ou administrateur",
                               "Intervenante ou intervenant", "Total"]  # fmt: skip
        assert rows[-1][2:] == ["20", "20", "20", "12", "72"]
        assert not any("Ancien" in row[0] for row in rows)

    def test_a_person_in_two_committees_is_one_person(self, table: Table) -> None:
        places = [table.committee, Committee.objects.create(space=table.space, name="Autre", state="active")]
        self.seat(table, places[0], Capacity.TENANT, 1)
        member = Membership.objects.filter(capacity="tenant").latest("pk")
        BodyMembership.objects.create(space=table.space, membership=member, committee=places[1])
        rows = list(
            csv.reader(
                io.StringIO(table.client("coco").get(url(table, "committees_file")).content.decode()), delimiter=";"
            )
        )
        assert [row[-1] for row in rows[-2:]] == ["2", "1"]


class TestDesk:
    def test_what_waits_for_the_coordination(self, table: Table) -> None:
        made.seat_of(table, starts_on=made.today() - timedelta(days=1060))
        made.advice_of(table)
        made.opened(table)
        made.assembly_of(table, on=made.today() + timedelta(days=4))
        whole = brought(table.user("coordinator"), [table.viewer("coordinator")])
        said = " | ".join(f"{one.title} {one.note}" for one in whole.todos)
        for words in ("Fin du mandat de Prune Locataire", "Règlement d’immeuble", "Scrutin ouvert"):
            assert words in said
        assert len(whole.coming) == 1
        theirs = brought(table.user("partner"), [table.viewer("partner")])
        assert (theirs.todos, len(theirs.coming)) == ([], 1)
        assert table.client("coordinator").get("/").status_code == 200

    def test_the_rail_shows_it_to_offices(self, table: Table) -> None:
        label = "Participation des locataires</span>"
        home = reverse("spaces:home", kwargs={"slug": table.space.slug})
        table.space.tools = []
        table.space.save()
        before = table.client("partner").get(home).content.decode()
        table.space.kind = "office"
        table.space.save()
        table.clients.clear()
        after = table.client("partner").get(home).content.decode()
        assert label not in before
        assert reverse("participation:home", kwargs={"slug": table.space.slug}) in after


def test_histories_have_their_pages(table: Table) -> None:
    made.association_of(table)
    row = made.opened(table)
    made.seat_of(table, "Autre Personne")
    client = table.client("coordinator")
    journal = client.get(reverse("spaces:journal", kwargs={"slug": table.space.slug}))
    assert journal.status_code == 200
    assert "a ouvert le scrutin" in journal.content.decode()
    for kind, pk in (("participation.election", row.pk), ("ballots.box", row.box_id)):
        assert client.get(reverse("audit:history", args=[kind, pk])).status_code == 200
        assert table.client("partner").get(reverse("audit:history", args=[kind, pk])).status_code == 404


def test_a_stranger_sees_nothing(table: Table) -> None:
    assert table.client("stranger").get(url(table, "home")).status_code == 404
    assert Client().get(url(table, "home")).status_code == 302
