"""The register (S4): posts, buildings served, teams."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from concertoit.field.logbook.models import Site, Worker
from concertoit.field.logbook.queries import workers as queries
from concertoit.field.logbook.services import workers
from concertoit.field.logbook.services.workers import SiteFacts, WorkerFacts
from concertoit.ground.core.errors import DomainError
from tests.field.logbook import made
from tests.hostile import assert_constant_queries
from tests.personas import Table


def path(table: Table, rest: str = "") -> str:
    return f"/demarches/{table.space.slug}/journal-de-bord/{rest}"


def test_a_post_is_described(table: Table) -> None:
    site = made.site(table)
    member = table.membership("worker")
    data = {
        "full_time": "0",
        "hours": "17.5",
        "within_other_job": "on",
        "roles": ["bridge", "animate"],
        "sites": [site.pk],
    }
    assert table.client("coordinator").post(path(table, f"equipe/{member.pk}/"), data).status_code == 302
    post = Worker.objects.get(membership=member)
    assert (post.full_time, post.hours, post.within_other_job) == (False, Decimal("17.5"), True)
    assert post.roles == ["animate", "bridge"]
    assert list(post.sites.all()) == [site]
    page = table.client("worker").get(path(table, "equipe/")).content.decode()
    assert "À temps partiel" in page
    assert "Faciliter les passerelles" in page


def test_only_the_field_team_has_posts(table: Table) -> None:
    with pytest.raises(DomainError, match="équipe de terrain"):
        workers.save_worker(
            viewer=table.viewer("liaison"), membership=table.membership("partner"), facts=WorkerFacts()
        )


def test_a_building_is_one_whatever_the_words(table: Table) -> None:
    viewer = table.viewer("liaison")
    rows = [
        workers.save_site(viewer=viewer, facts=SiteFacts(name, table.municipality, "office", address=address))
        for name, address in (("Tour A", "1234, rue des Érables"), ("Tour A, bureau", "1234 rue des Erables"))
    ]
    assert rows[0].building == rows[1].building
    with pytest.raises(DomainError, match="porte déjà ce nom"):
        workers.save_site(viewer=viewer, facts=SiteFacts("Tour A", table.municipality, "coop"))
    data = {"name": "Tour B", "municipality": table.municipality.pk, "sector": "coop", "address": "sans numéro"}
    answer = table.client("liaison").post(path(table, "immeubles/nouveau/"), data)
    assert answer.status_code == 422
    assert "numéro civique" in answer.content.decode()
    assert Site.objects.filter(space=table.space).count() == 2


def test_places_in_a_team_do_not_overlap(table: Table) -> None:
    made.seat(table, since=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    with pytest.raises(DomainError, match="déjà dans l’équipe"):
        made.seat(table, since=date(2026, 3, 1))
    made.seat(table, since=date(2026, 4, 1))
    with pytest.raises(DomainError, match="avant le début"):
        made.seat(table, "liaison", since=date(2026, 4, 1), ends_on=date(2026, 3, 1))


def test_the_register_names_who_has_no_post_yet(table: Table) -> None:
    assert {one["membership"].pk for one in queries.register(table.space)} == {
        table.membership("worker").pk, table.membership("liaison").pk,
    }  # fmt: skip
    assert "Poste pas encore décrit" in table.client("worker").get(path(table, "equipe/")).content.decode()


def test_pages_ask_the_same_whatever_there_is(table: Table) -> None:
    client, count = table.client("worker"), iter(range(100))

    def more() -> None:
        number = next(count)
        site = made.site(table, f"Immeuble {number}")
        made.entry(table, site=site)
        made.seat(table, since=date(2000 + number, 1, 1), ends_on=date(2000 + number, 6, 1))

    more()
    for page in ("", "interventions/", "equipe/", "immeubles/", "listes/"):
        assert_constant_queries(more, lambda page=page: client.get(path(table, page)))
