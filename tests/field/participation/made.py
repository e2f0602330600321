"""Associations, assemblies, a residents' committee and elections at every step, for tests and the permission table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from concertoit.field.participation.models import (
    AdviceRequest,
    Assembly,
    Candidacy,
    Complaint,
    Complex,
    Election,
    Mandate,
    Representation,
    ResidentsCommittee,
    Scrutineer,
    TenantAssociation,
)
from concertoit.field.participation.rules.elections import Count
from concertoit.field.participation.services import associations, committee, counting, elections, representations
from concertoit.field.participation.services.associations import AssemblyFacts, AssociationFacts
from concertoit.field.participation.services.committee import AdviceFacts, SeatFacts
from concertoit.field.participation.services.elections import ElectionFacts
from concertoit.field.participation.services.representations import RepresentationFacts
from concertoit.ground.ballots.models import Elector
from concertoit.ground.ballots.services import register, voting
from concertoit.ground.ballots.services.register import ElectorFacts
from concertoit.ground.identity.models import Person
from tests.personas import Table

WHO = "coordinator"


def today() -> date:
    return timezone.localdate()


def person(name: str = "Prune Locataire") -> Person:
    given, _space, family = name.partition(" ")
    return Person.objects.create(given_name=given, family_name=family)


def complex_of(table: Table, name: str = "Tour Nord", dwellings: int | None = 120) -> Complex:
    known = Complex.objects.filter(space=table.space, name=name).first()
    return known or associations.save_complex(viewer=table.viewer(WHO), name=name, dwellings=dwellings)


def association_of(table: Table, name: str = "Association de la Tour Nord", **facts: Any) -> TenantAssociation:
    """A recognised association that covers a complex of 120 dwellings, founded by twelve people."""
    here = TenantAssociation.objects.filter(space=table.space, organisation__name=name).first()
    known = {
        "recognition": "recognised", "recognised_on": date(2024, 3, 1), "founded_on": date(2024, 2, 1),
        "all_invited": True, "office_witness": True, "founding_presence": 12, "by_laws_on": date(2024, 2, 1),
    } | facts  # fmt: skip
    complexes = known.pop("complexes", None) or (complex_of(table, f"Ensemble de {name}"),)
    return associations.save_association(
        viewer=table.viewer(WHO),
        facts=AssociationFacts(name=name, complexes=tuple(complexes), **known),
        association=here,
    )


def assembly_of(table: Table, **facts: Any) -> Assembly:
    facts = {"on": today() - timedelta(days=30), "kind": "yearly"} | facts
    return associations.save_assembly(viewer=table.viewer(WHO), facts=AssemblyFacts(**facts))


def committee_of(table: Table, board_size: int | None = 9) -> ResidentsCommittee:
    return committee.save_committee(viewer=table.viewer(WHO), board_size=board_size)


def seat_of(table: Table, name: str = "Prune Locataire", **facts: Any) -> Mandate:
    """A seat on the committee, which is made if it was not."""
    if not ResidentsCommittee.objects.filter(space=table.space).exists():
        committee_of(table)
    facts = {"origin": "elected", "starts_on": today() - timedelta(days=100), "person": person(name)} | facts
    return committee.take_seat(viewer=table.viewer(WHO), facts=SeatFacts(**facts))


def advice_of(table: Table, **facts: Any) -> AdviceRequest:
    if not ResidentsCommittee.objects.filter(space=table.space).exists():
        committee_of(table)
    facts = {"title": "Règlement d’immeuble", "asked_on": today() - timedelta(days=10)} | facts
    return committee.save_advice(viewer=table.viewer(WHO), facts=AdviceFacts(**facts))


FACTS = ElectionFacts(
    title="Élection d’essai", places=2, channels=("room", "mail", "online"), modalities="Bulletin secret.",
    modalities_on=date(2026, 1, 10), president="Odile Présidente",
)  # fmt: skip


def election_of(table: Table, candidates: int = 3, electors: int = 8, **facts: Any) -> Election:
    """An election in preparation: candidates accepted, a list, two people who count."""
    viewer = table.viewer(WHO)
    row = elections.save_election(viewer=viewer, facts=replace(FACTS, **facts))
    for number in range(candidates):
        one = elections.declare_candidacy(viewer=viewer, election=row, person=person(f"Candidate {'ABCDEFG'[number]}"))
        elections.move_candidacy(viewer=viewer, candidacy=one, state="accepted")
    people = [ElectorFacts(f"Locataire {number}", f"app. {number}") for number in range(1, electors + 1)]
    assert row.box is not None
    if people:
        register.add_electors(viewer=viewer, box=row.box, people=people)
    for name in ("Sam Compte", "Tess Recompte"):
        elections.add_scrutineer(viewer=viewer, election=row, name=name)
    return row


def opened(table: Table, **facts: Any) -> Election:
    return elections.open_vote(viewer=table.viewer(WHO), election=election_of(table, **facts))


def strike(table: Table, row: Election, numbers: range, channel: str = "room") -> None:
    assert row.box is not None
    for elector in Elector.objects.filter(box=row.box, number__in=numbers).order_by("number"):
        register.strike(viewer=table.viewer(WHO), box=row.box, elector_id=elector.pk, channel=channel)


def online(table: Table, row: Election, choices: list[list[int]]) -> None:
    """Votes by link: places of the candidates on the ballot, one list per elector who has no code yet."""
    assert row.box is not None
    row.box.refresh_from_db()
    keys = [option["key"] for option in row.box.options]
    people = register.issue_codes(viewer=table.viewer(WHO), box=row.box)
    for (_elector, code), places in zip(people, choices, strict=False):
        voting.cast(code=code, choices=[keys[place] for place in places])


def closed(table: Table, paper: int = 4, **facts: Any) -> Election:
    """A vote that is over, with this many ballots on paper."""
    row = opened(table, **facts)
    strike(table, row, range(1, paper + 1))
    return elections.close_vote(viewer=table.viewer(WHO), election=row)


def count(row: Election, marks: list[int], *, blank: int = 0, rejected: int = 0, envelopes: int = 4) -> Count:
    assert row.box is not None
    keys = [option["key"] for option in row.box.options]
    return Count(envelopes, blank, rejected, dict(zip(keys, marks, strict=True)))


def tokens(row: Election) -> list[str]:
    return [elections.token_of(one) for one in Scrutineer.objects.filter(election=row).order_by("pk")]


def counted(table: Table, marks: list[int] | None = None, **facts: Any) -> Election:
    """An election of which both counts agree."""
    row = closed(table, **facts)
    for token in tokens(row):
        counting.submit_count(token=token, count=count(row, marks or [4, 3, 1]))
    row.refresh_from_db()
    return row


def tied(table: Table) -> Election:
    return counted(table, [4, 2, 2])


def candidacy_of(table: Table) -> Candidacy:
    row = elections.save_election(viewer=table.viewer(WHO), facts=FACTS)
    return elections.declare_candidacy(viewer=table.viewer(WHO), election=row, person=person())


def complaint_of(table: Table) -> Complaint:
    return counting.receive_complaint(
        viewer=table.viewer(WHO), election=counted(table), author="Ugo Locataire", text="La salle était trop petite.",
        on=today(),
    )  # fmt: skip


def elector_of(row: Election) -> Elector:
    assert row.box is not None
    first = row.box.electors.order_by("number").first()
    assert first is not None
    return first


def representation_of(table: Table, **facts: Any) -> Representation:
    """A tenant asked for repairs ten days ago, without a name."""
    facts = {
        "title": "Porte d’entrée brisée", "made_on": today() - timedelta(days=10), "subject": "repairs",
        "channel": "in_person", "origin": "tenant", "text": "La porte ne ferme plus.",
    } | facts  # fmt: skip
    return representations.save(viewer=table.viewer(WHO), facts=RepresentationFacts(**facts))
