"""Elections of the housing office of the example: one held three years ago, drawn by lot; one under way."""

from __future__ import annotations

from datetime import date, timedelta

from concertoit.field.participation.models import Complex, Election
from concertoit.field.participation.rules.elections import Count
from concertoit.field.participation.services import associations, counting, elections
from concertoit.field.participation.services.associations import AssemblyFacts
from concertoit.field.participation.services.elections import ElectionFacts
from concertoit.front.demo.services.clock import at, hour_of
from concertoit.ground.ballots.models import Box
from concertoit.ground.ballots.services import register, voting
from concertoit.ground.ballots.services.register import ElectorFacts
from concertoit.ground.identity.models import Person
from concertoit.ground.spaces.policies import Viewer


def first_election(viewer: Viewer, complexes: list[Complex], people: list[Person], today: date) -> None:
    """Held nearly three years ago: paper and online, a tie drawn by lot, two elected whose mandate now ends."""
    day = today - timedelta(days=1030)
    with at(hour_of(day)):
        assembly = associations.save_assembly(
            viewer=viewer,
            facts=AssemblyFacts(
                on=day,
                kind="election",
                place="Centre communautaire",
                notice_on=day - timedelta(days=21),
                present=41,
                quorum=35,
            ),
        )
        row = _prepared(viewer, complexes, people[10:14], day, assembly=assembly)
        _list(viewer, row, people[:48], complexes)
        row = elections.open_vote(viewer=viewer, election=row)
        _vote(viewer, row, online=[[0, 1], [0, 2], [1], [0, 3], [2, 1], [0, 1], [2]], paper=16)
        row = elections.close_vote(viewer=viewer, election=row)
        _count(row, [9, 6, 7, 5], envelopes=16, blank=1, rejected=1)
        row.refresh_from_db()
        if row.result.get("tied"):
            counting.draw(
                viewer=viewer, election=row, seed="érable, 27, violon", witnesses=f"{people[30]}\n{people[31]}"
            )
    with at(hour_of(day + timedelta(days=15))):
        counting.proclaim(viewer=viewer, election=row, on=day + timedelta(days=15))


def election_under_way(viewer: Viewer, complexes: list[Complex], people: list[Person], today: date) -> None:
    """The one that follows: open since yesterday, some have voted."""
    day = today + timedelta(days=1)
    with at(hour_of(today - timedelta(days=20))):
        assembly = associations.save_assembly(
            viewer=viewer,
            facts=AssemblyFacts(
                on=day,
                kind="election",
                place="Centre communautaire",
                notice_on=today - timedelta(days=20),
                quorum=35,
                agenda="1. Accueil\n2. Présentation des candidatures\n3. Vote\n4. Dépouillement et annonce",
            ),
        )
        row = _prepared(viewer, complexes, [people[10], *people[15:18]], day, assembly=assembly)
        _list(viewer, row, people[:56], complexes)
    with at(hour_of(today - timedelta(days=1))):
        row = elections.open_vote(viewer=viewer, election=row)
        _vote(viewer, row, online=[[0, 1], [2], [1, 3], [0], [0, 2], []], paper=0)


def _prepared(
    viewer: Viewer, complexes: list[Complex], candidates: list[Person], day: date, **facts: object
) -> Election:
    row = elections.save_election(
        viewer=viewer,
        facts=ElectionFacts(
            title=f"Élection {day.year} des représentants des locataires", channels=("room", "assisted", "online"),
            modalities="Bulletin secret, deux noms au plus. Dans la salle de 18 h à 20 h; en ligne par code personnel "
            "les trois jours d’avant; une personne de confiance peut aider à l’isoloir.",
            modalities_on=day - timedelta(days=45), president="Lise Simard", **facts,  # type: ignore[arg-type]
        ),
    )  # fmt: skip
    words = (
        "Pour des logements bien entretenus.",
        "Que chaque immeuble ait sa voix.",
        "Un conseil qui répond aux lettres.",
    )
    for place, person in enumerate(candidates):
        one = elections.declare_candidacy(
            viewer=viewer, election=row, person=person, complex=complexes[place % len(complexes)],
            statement=words[place % len(words)],
        )  # fmt: skip
        elections.move_candidacy(viewer=viewer, candidacy=one, state="accepted")
    for name in ("Gilles Arsenault", "Hélène Roy"):
        elections.add_scrutineer(viewer=viewer, election=row, name=name)
    return row


def _list(viewer: Viewer, row: Election, people: list[Person], complexes: list[Complex]) -> None:
    facts = [
        ElectorFacts(str(one), f"{complexes[place % 4].name}, app. {101 + place}") for place, one in enumerate(people)
    ]
    register.add_electors(viewer=viewer, box=_box(row), people=facts)


def _box(row: Election) -> Box:
    if row.box is None:
        raise ValueError("an election without box")  # each is made with its own
    return row.box


def _vote(viewer: Viewer, row: Election, *, online: list[list[int]], paper: int) -> None:
    """The last of the list vote by link, the first in the room."""
    box = _box(row)
    box.refresh_from_db()
    keys = [option["key"] for option in box.options]
    lines = list(box.electors.order_by("-number"))[: len(online)]
    told = register.issue_codes(viewer=viewer, box=box, elector_ids=[one.pk for one in lines])
    for (_elector, code), places in zip(told, online, strict=True):
        voting.cast(code=code, choices=[keys[place] for place in places])
    for elector in box.electors.order_by("number")[:paper]:
        register.strike(viewer=viewer, box=box, elector_id=elector.pk, channel="room")


def _count(row: Election, marks: list[int], *, envelopes: int, blank: int, rejected: int) -> None:
    keys = [option["key"] for option in _box(row).options]
    count = Count(envelopes, blank, rejected, dict(zip(keys, marks, strict=True)))
    for one in row.scrutineers.order_by("pk"):
        counting.submit_count(token=elections.token_of(one), count=count)
