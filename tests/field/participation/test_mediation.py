"""Peer mediation: who may mediate, consents, meetings, outcomes, the agreement that stays private, figures (S12)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.participation import privacy
from concertoit.field.participation.models import (
    MediationAgreement,
    MediationConflict,
    MediationOpinion,
    MediationParty,
    MediationRequest,
    MediationSeat,
    Mediator,
)
from concertoit.field.participation.queries import mediation as queries
from concertoit.field.participation.rules.mediation import Candidate, Matter, Why, look_at, months_after
from concertoit.field.participation.services import mediation as services
from concertoit.field.participation.services import mediators
from concertoit.field.participation.services.mediation_private import keep_agreement
from concertoit.field.participation.services.mediators import MediatorFacts
from concertoit.field.participation.views.desk import brought
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.core.models import Job
from concertoit.ground.spaces.models import Membership
from tests.field.participation import made
from tests.field.participation import made_mediation as talk
from tests.hostile import assert_constant_queries
from tests.personas import Table

SECRET = "Plus de musique après vingt heures"


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"participation:{name}", kwargs={"slug": table.space.slug, **kwargs})


def link(seat: MediationSeat) -> str:
    return reverse("participation:mediation_link", kwargs={"token": talk.token(seat)})


class TestRules:
    MATTER = Matter((1, 2), "créole")

    def test_somebody_from_elsewhere_may(self) -> None:
        assert look_at(Candidate(home=9, languages="français, Créole"), self.MATTER).found == ()

    @pytest.mark.parametrize(
        ("candidate", "why"),
        [
            (Candidate(home=1, languages="créole"), Why.SAME_COMPLEX),
            (Candidate(home=None, languages="créole"), Why.HOME_UNKNOWN),
            (Candidate(home=9, languages="créole", trained=False), Why.UNTRAINED),
            (Candidate(home=9, languages="créole", ended=True), Why.ENDED),
            (Candidate(home=9, languages="créole", not_in=frozenset({2})), Why.NOT_THERE),
            (Candidate(home=9, languages="créole", is_party=True), Why.PARTY),
            (Candidate(home=9, languages="créole", was_party_in=frozenset({2})), Why.WAS_PARTY),
            (Candidate(home=9, languages="créole", declared=True), Why.DECLARED),
        ],
    )
    def test_what_forbids(self, candidate: Candidate, why: Why) -> None:
        verdict = look_at(candidate, self.MATTER)
        assert verdict.found == (why,)
        assert not verdict.allowed

    def test_what_only_asks_to_check(self) -> None:
        verdict = look_at(Candidate(home=9), Matter((None, 1), "arabe"))
        assert set(verdict.found) == {Why.PLACE_UNKNOWN, Why.LANGUAGE}
        assert verdict.allowed

    @given(st.integers(1, 5), st.lists(st.none() | st.integers(1, 5), min_size=2, max_size=2))
    def test_nobody_ever_mediates_at_home(self, home: int, places: list[int | None]) -> None:
        verdict = look_at(Candidate(home=home), Matter(tuple(places)))
        assert verdict.allowed is (home not in places)

    def test_three_months_later(self) -> None:
        assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
        assert months_after(date(2026, 1, 15), 3) == date(2026, 4, 15)


class TestRequest:
    def test_numbers_follow_the_year(self, table: Table) -> None:
        first, second = talk.request(table), talk.request(table)
        assert (first.number[-4:], second.number[-4:]) == ("-001", "-002")

    def test_two_parties_of_here(self, table: Table) -> None:
        with pytest.raises(DomainError):
            talk.request(table, parties=[talk.party(table)])
        elsewhere = made.complex_of(table, "Ailleurs")
        elsewhere.space = table.other
        elsewhere.save()
        with pytest.raises(NotVisible):
            talk.request(table, parties=[talk.party(table), talk.party(table, complex=elsewhere)])

    def test_by_hand(self, table: Table) -> None:
        data = {
            "subject": "noise", "channel": "phone", "received_on": str(made.today()), "role_a": "tenant",
            "name_a": "Prune", "reach_a": "450 555-0101", "consents": "on", "role_b": "group",
        }  # fmt: skip
        answer = table.client("worker").post(url(table, "mediation_new"), data)
        row = MediationRequest.objects.get()
        assert answer["Location"] == url(table, "mediation_request", request_id=row.pk)
        first, second = row.parties.order_by("pk")
        assert (first.consent, second.consent) == ("yes", "waiting")
        shown = table.client("worker").get(answer["Location"]).content.decode()
        assert "Les deux parties doivent d’abord consentir." in shown
        assert row.number in table.client("coordinator").get(url(table, "mediation")).content.decode()

    def test_online_without_an_account(self, table: Table, client: Client) -> None:
        address = url(table, "mediation_ask")
        page = client.get(address).content.decode()
        assert "Comment vous joindre <" not in page  # nobody reads « facultatif » beside what is asked for
        assert "Comment vous joindre" in page
        data = {"subject": "noise", "role_a": "tenant", "role_b": "tenant", "consents": "on"}
        assert client.post(address, data).status_code == 422
        assert client.post(address, {**data, "reach_a": "450 555-0101", "website": "x"}).status_code == 422
        assert client.post(address, {**data, "reach_a": "450 555-0101"}).status_code == 302
        row = MediationRequest.objects.get()
        assert row.channel == "online"
        assert Entry.objects.get(verb="mediation.received").actor_id is None
        table.space.tools = []
        table.space.save()
        assert client.get(address).status_code == 404
        assert client.get(url(table, "mediation_asked")).status_code == 404

    def test_a_refusal_ends_it(self, table: Table) -> None:
        row = talk.request(table)
        party = row.parties.order_by("pk").first()
        assert party is not None
        client, act = table.client("worker"), url(table, "mediation_act", request_id=row.pk)
        client.post(act, {"quoi": "consentement", "partie": party.pk, "reponse": "non"})
        row.refresh_from_db()
        assert (row.state, row.outcome, row.follow_up_by) == ("closed", "withdrawn", None)
        again = client.post(act, {"quoi": "consentement", "partie": party.pk, "reponse": "oui"})
        assert again.status_code == 422
        assert client.post(act, {"quoi": "consentement", "partie": 0}).status_code == 404
        assert client.post(act, {"quoi": "rien"}).status_code == 404


class TestDesignation:
    def test_not_before_both_consent(self, table: Table) -> None:
        with pytest.raises(DomainError, match="consentir"):
            services.designate(viewer=table.viewer("worker"), row=talk.request(table), mediator=talk.mediator(table))

    def test_a_neighbour_is_refused_and_told_why(self, table: Table) -> None:
        row = talk.request(table, consents=True)
        near = talk.mediator(table, "Voisine Proche", home=made.complex_of(table))
        far = talk.mediator(table)
        client, act = table.client("worker"), url(table, "mediation_act", request_id=row.pk)
        refused = client.post(act, {"quoi": "designer", "personne": near.pk})
        assert refused.status_code == 422
        assert "Habite le même ensemble" in refused.content.decode()
        assert client.post(act, {"quoi": "designer", "personne": far.pk}).status_code == 302
        row.refresh_from_db()
        assert row.state == "assigned"
        assert row.seats.get().mediator == far

    def test_two_at_most_and_of_here(self, table: Table) -> None:
        row = talk.request(table, consents=True)
        for name in ("Une Personne", "Deux Personne"):
            services.designate(viewer=table.viewer("worker"), row=row, mediator=talk.mediator(table, name))
        third = talk.mediator(table, "Trois Personne")
        with pytest.raises(DomainError, match="Deux personnes"):
            services.designate(viewer=table.viewer("worker"), row=row, mediator=third)
        third.space = table.other
        with pytest.raises(NotVisible):
            services.designate(viewer=table.viewer("worker"), row=row, mediator=third)

    def test_who_was_a_party_there_before_is_refused(self, table: Table) -> None:
        one = talk.mediator(table)
        talk.request(table, parties=[talk.party(table, mediator=one), talk.party(table)])
        assert queries.verdict_of(talk.request(table, consents=True), one).found == (Why.WAS_PARTY,)

    def test_a_declared_conflict_frees_the_place(self, table: Table) -> None:
        seat = talk.seat(table)
        client, act = table.client("worker"), url(table, "mediation_act", request_id=seat.request_id)
        client.post(act, {"quoi": "conflit", "personne": seat.mediator_id})
        seat.refresh_from_db()
        assert seat.declined_on is not None
        assert MediationRequest.objects.get().state == "new"
        assert client.get(link(seat)).status_code == 404
        assert Why.DECLARED in queries.verdict_of(seat.request, seat.mediator).found

    def test_the_link_goes_to_the_mediator_and_is_shown_to_nobody(self, table: Table) -> None:
        seat = talk.seat(table)
        job = Job.objects.get(name="notifications.mail")
        assert job.payload["to"] == "paule@exemple.test"
        assert talk.token(seat) in job.payload["url"]
        for key in ("coordinator", "liaison", "worker"):
            page = table.client(key).get(url(table, "mediation_request", request_id=seat.request_id))
            assert talk.token(seat) not in page.content.decode()
        mediators.save_mediator(
            viewer=table.viewer("coordinator"), row=seat.mediator,
            facts=MediatorFacts(seat.mediator.person, email="autre@exemple.test"),
        )  # fmt: skip
        seat.refresh_from_db()
        assert seat.email == "paule@exemple.test"


class TestAgreement:
    def test_only_the_link_of_who_mediates_opens_it(self, table: Table, client: Client) -> None:
        seat = talk.met(table)
        data = {"quoi": "entente", "text": SECRET, "signed_on": str(made.today()), "whole": "1"}
        assert client.post(link(seat), {**data, "text": " "}).status_code == 422
        assert client.post(link(seat), data).status_code == 302
        assert SECRET in client.get(link(seat)).content.decode()
        row = MediationRequest.objects.get()
        assert (row.state, row.outcome) == ("closed", "agreement")
        assert row.follow_up_by == months_after(made.today(), 3)
        pages = [
            url(table, "mediation"), url(table, "mediation_request", request_id=row.pk),
            url(table, "mediation_figures"), url(table, "mediators"), "/",
        ]  # fmt: skip
        for key in ("coordinator", "liaison", "worker", "coco", "partner", "administrator"):
            for address in pages:
                assert SECRET not in table.client(key).get(address).content.decode(), (key, address)
        told = " ".join(f"{one.object_label} {one.note} {one.after}" for one in Entry.objects.order_by("pk"))
        assert SECRET not in told

    def test_no_module_but_its_door_reads_it(self) -> None:
        from tests.architecture.tree import ROOT

        room = ROOT / "concertoit" / "field" / "participation"
        users = {
            path.relative_to(room).as_posix()
            for path in room.rglob("*.py")
            if "MediationAgreement" in path.read_text()
        }
        assert users == {
            "migrations/0002_representations_and_mediation.py", "models/__init__.py", "models/mediation.py",
            "privacy.py", "queries/mediation_private.py", "services/mediation_private.py",
        }  # fmt: skip

    def test_a_link_of_nobody_or_without_the_tool(self, table: Table, client: Client) -> None:
        seat = talk.seat(table)
        assert client.get(reverse("participation:mediation_link", kwargs={"token": "rien"})).status_code == 404
        assert client.get(link(seat)).status_code == 200
        table.space.tools = []
        table.space.save()
        assert client.get(link(seat)).status_code == 404

    def test_without_a_meeting_or_signed_tomorrow(self, table: Table) -> None:
        seat = talk.seat(table)
        with pytest.raises(DomainError, match="rencontre"):
            keep_agreement(seat=seat, text=SECRET, signed_on=made.today())
        with pytest.raises(DomainError):
            keep_agreement(seat=seat, text=SECRET, signed_on=made.today() + timedelta(days=1))
        assert not MediationAgreement.objects.exists()

    @pytest.mark.parametrize(
        ("what", "outcome"), [("sans", "no_agreement"), ("papier", "agreement"), ("ailleurs", "referred")]
    )
    def test_other_endings_by_the_link(self, table: Table, client: Client, what: str, outcome: str) -> None:
        seat = talk.met(table)
        assert client.post(link(seat), {"quoi": what}).status_code == 302
        assert MediationRequest.objects.get().outcome == outcome
        assert client.post(link(seat), {"quoi": what}).status_code == 422

    def test_meetings_and_stepping_back_by_the_link(self, table: Table, client: Client) -> None:
        seat = talk.seat(table)
        data = {"quoi": "rencontre", "on": str(made.today()), "kind": "together"}
        assert client.post(link(seat), {**data, "on": "2199-01-01"}).status_code == 422
        assert client.post(link(seat), data).status_code == 302
        assert MediationRequest.objects.get().state == "under_way"
        assert client.post(link(seat), {"quoi": "rien"}).status_code == 404
        left = client.post(link(seat), {"quoi": "retrait"})
        assert left["Location"] == reverse("participation:mediation_left")
        assert MediationConflict.objects.get().mediator == seat.mediator


class TestAfter:
    def test_outcome_and_follow_up_by_hand(self, table: Table) -> None:
        row = talk.met(table).request
        client = table.client("worker")
        session = {"on": str(made.today()), "kind": "phone", "minutes": "20"}
        assert client.post(url(table, "mediation_session", request_id=row.pk), session).status_code == 302
        early = {"answer": "holds", "on": str(made.today())}
        follow = url(table, "mediation_follow_up", request_id=row.pk)
        assert client.post(follow, early).status_code == 422
        done = {"outcome": "partial", "on": str(made.today())}
        assert client.post(url(table, "mediation_outcome", request_id=row.pk), done).status_code == 302
        assert "à faire d’ici le" in client.get(url(table, "mediation") + "?etat=suivi").content.decode()
        assert client.post(follow, early).status_code == 302
        row.refresh_from_db()
        assert row.follow_up == "holds"
        with pytest.raises(NotAllowed):
            services.follow_up(viewer=table.viewer("partner"), row=row, answer="holds")

    def test_a_meeting_needs_somebody_and_a_day(self, table: Table) -> None:
        row = talk.request(table)
        with pytest.raises(DomainError):
            services.add_session(row=row, on=made.today(), kind="phone")
        with pytest.raises(DomainError):
            services.close(row=row, outcome="referred", on=made.today() + timedelta(days=1))

    def test_two_questions_lead_to_nobody(self, table: Table) -> None:
        party = talk.closed(table)
        address = url(table, "mediation_opinion", request_id=party.request_id, party_id=party.pk)
        assert table.client("worker").post(address, {"heard": "4", "again": "3"}).status_code == 302
        assert table.client("worker").post(address, {"heard": "1", "again": "1"}).status_code == 422
        opinion = MediationOpinion.objects.get()
        assert (opinion.heard, opinion.again) == (4, 3)
        keys = {field.name for field in MediationOpinion._meta.get_fields()}
        assert keys == {"id", "space", "year", "heard", "again"}
        open_party = talk.request(table).parties.order_by("pk").first()
        assert open_party is not None
        with pytest.raises(DomainError):
            services.give_opinion(viewer=table.viewer("worker"), party=open_party, heard=4, again=4)

    def test_the_desk_says_what_waits(self, table: Table) -> None:
        row = talk.request(table)
        found = brought(table.users["worker"], [table.viewer("worker")]).todos
        assert [one.title for one in found] == [f"Médiation {row.number}"]
        assert brought(table.users["partner"], [table.viewer("partner")]).todos == []


class TestFigures:
    def _many(self, table: Table, outcomes: dict[str, int]) -> None:
        place = 0
        for outcome, count in outcomes.items():
            for _each in range(count):
                place += 1
                MediationRequest.objects.create(
                    space=table.space, number=f"M-{place}", received_on=made.today(), channel="phone", subject="noise",
                    state="closed", outcome=outcome, closed_on=made.today(),
                )  # fmt: skip

    def test_small_counts_cannot_be_found(self, table: Table) -> None:
        self._many(table, {"agreement": 12, "no_agreement": 2, "withdrawn": 7})
        found = queries.figures(table.space, made.today().year)
        shown = {str(label): count for label, count in found.outcomes}
        assert shown["Pas d’entente"] is None
        assert list(shown.values()).count(None) >= 2
        assert found.masked
        html = table.client("observer").get(url(table, "mediation_figures")).content.decode()
        assert "masqué" in html

    def test_opinions_from_five_on(self, table: Table) -> None:
        year = made.today().year
        for _each in range(4):
            MediationOpinion.objects.create(space=table.space, year=year, heard=4, again=2)
        assert queries.figures(table.space, year).heard is None
        MediationOpinion.objects.create(space=table.space, year=year, heard=4, again=2)
        found = queries.figures(table.space, year)
        assert (found.opinions, found.heard, found.again) == (5, 4.0, 2.0)

    def test_another_year(self, table: Table) -> None:
        talk.request(table)
        client = table.client("observer")
        for year in ("1999", "rien", "99999"):
            assert client.get(url(table, "mediation_figures") + f"?annee={year}").status_code == 200


class TestMediators:
    def test_by_hand(self, table: Table) -> None:
        client = table.client("coordinator")
        home = made.complex_of(table)
        data = {"new_given_name": "Paule", "new_family_name": "Écoute", "home": home.pk, "trained_on": "2025-03-01"}
        assert client.post(url(table, "mediator_new"), data).status_code == 302
        row = Mediator.objects.get()
        edit = url(table, "mediator_edit", mediator_id=row.pk)
        assert client.post(edit, {"languages": "arabe", "not_in": [home.pk]}).status_code == 302
        row.refresh_from_db()
        assert (row.languages, list(row.not_in.all())) == ("arabe", [home])
        assert "arabe" in table.client("liaison").get(url(table, "mediators")).content.decode()
        with pytest.raises(DomainError):
            talk.mediator(table, person=row.person)
        with pytest.raises(NotVisible):
            queries.mediator_of(table.viewer("coordinator"), 0)


def test_what_is_kept_goes_when_its_time_is_over(table: Table) -> None:
    seat = talk.met(table)
    keep_agreement(seat=seat, text=SECRET, signed_on=made.today())
    assert privacy.parties_due(made.today()) == privacy.agreements_due(made.today()) == []
    later = made.today() + timedelta(days=31 * 26)
    assert len(privacy.parties_due(later)) == 2
    for _twice in range(2):
        privacy.forget_parties(privacy.parties_due(later))
        privacy.forget_agreements(privacy.agreements_due(later))
    assert not MediationAgreement.objects.exists()
    assert set(MediationParty.objects.order_by("pk").values_list("name", "reach")) == {("", "")}
    assert MediationParty.objects.exclude(complex=None).count() == 2


def test_pages_cost_the_same_with_more(table: Table) -> None:
    row = talk.request(table, consents=True)
    talk.mediator(table)
    client = table.client("coordinator")
    names = iter("ABCDEFGHIJ")

    def more() -> None:
        talk.request(table)
        one = talk.mediator(table, f"Personne {next(names)}")
        one.not_in.add(made.complex_of(table, f"Ensemble {one.pk}"))

    for address in (
        url(table, "mediation"), url(table, "mediators"), url(table, "mediation_request", request_id=row.pk)
    ):  # fmt: skip
        assert_constant_queries(more, lambda address=address: client.get(address))
    assert Membership.objects.exists()
