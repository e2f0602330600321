"""Representations to the office: made, late, answered, followed, behind a code (P3)."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from concertoit.field.participation.models import Representation
from concertoit.field.participation.queries import representations as queries
from concertoit.field.participation.queries.codes import code_of
from concertoit.field.participation.rules.representations import Made, expected, figures
from concertoit.field.participation.services import representations as services
from concertoit.field.participation.services.associations import set_parameter
from concertoit.field.participation.views.desk import brought
from concertoit.ground.audit.models import Entry
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from tests.field.participation import made
from tests.hostile import assert_constant_queries
from tests.personas import Table

DAY = timedelta(days=1)


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"participation:{name}", kwargs={"slug": table.space.slug, **kwargs})


def page(table: Table, name: str, key: str = "coordinator", query: str = "", **kwargs: object) -> str:
    answer = table.client(key).get(url(table, name, **kwargs) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


class TestRules:
    def test_a_delay_that_no_text_gives_makes_no_day(self) -> None:
        assert expected(date(2026, 5, 1), None) is None
        assert expected(date(2026, 5, 1), 30) == date(2026, 5, 31)

    def test_figures_know_their_denominators(self) -> None:
        today = date(2026, 6, 1)
        rows = [
            Made("repairs", date(2026, 4, 1), date(2026, 5, 1), date(2026, 4, 21)),
            Made("repairs", date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 31)),
            Made("rent", date(2026, 4, 1), None, date(2026, 4, 2)),
            Made("rent", date(2026, 4, 1), date(2026, 5, 1), None),
            Made("rules", date(2026, 5, 30), date(2026, 6, 1), None),
        ]
        found = figures(rows, today)
        assert (found.made, found.answered, found.with_day, found.in_time) == (5, 3, 2, 1)
        assert (found.late, found.waiting, found.median_days) == (1, 2, 20)
        assert dict(found.subjects) == {"repairs": 2, "rent": 2, "rules": 1}
        assert figures([], today).median_days is None

    @given(
        st.lists(
            st.builds(
                Made, st.just("rent"), st.just(date(2026, 1, 1)), st.none() | st.dates(date(2026, 1, 2)),
                st.none() | st.dates(date(2026, 1, 2)),
            )
        )
    )  # fmt: skip
    def test_parts_never_exceed_their_whole(self, rows: list[Made]) -> None:
        found = figures(rows, date(2026, 6, 1))
        assert found.in_time <= found.with_day <= found.answered <= found.made
        assert found.late <= found.waiting == found.made - found.answered


class TestLife:
    def test_the_delay_of_the_office_once_it_is_fixed(self, table: Table) -> None:
        assert made.representation_of(table).answer_by is None
        assert "Aucun texte connu ne fixe le délai" in page(table, "representations", "observer")
        set_parameter(
            viewer=table.viewer("coordinator"), code="representation.answer_days", text="5", since=date(2020, 1, 1),
            source="Règlement 4",
        )  # fmt: skip
        row = made.representation_of(table)
        assert row.answer_by == row.made_on + 5 * DAY
        assert queries.late(row, made.today())

    def test_late_is_seen_everywhere_then_answered(self, table: Table) -> None:
        row = made.representation_of(table, answer_by=made.today() - DAY)
        made.representation_of(table, title="Autre", answer_by=made.today() + 30 * DAY)
        assert "En retard, attendue le" in page(table, "representations", "observer")
        assert "Autre" not in page(table, "representations", query="?etat=retard")
        assert "Elle était attendue le" in page(table, "representation", representation_id=row.pk)
        todo = brought(table.users["coordinator"], [table.viewer("coordinator")]).todos
        assert [one.title for one in todo] == [row.title]
        assert brought(table.users["partner"], [table.viewer("partner")]).todos == []
        client, address = table.client("coordinator"), url(table, "representation_answer", representation_id=row.pk)
        assert client.post(address, {"on": "2199-01-01", "text": "Oui"}).status_code == 422
        client.post(address, {"on": str(made.today()), "text": "Réparée lundi", "result": "promised"})
        row.refresh_from_db()
        assert (row.answered_on, row.result) == (made.today(), "promised")
        assert (
            Entry.objects.get(verb="participation.representation_answered").actor_id == table.users["coordinator"].pk
        )
        assert "Réparée lundi" in page(table, "representation", "observer", representation_id=row.pk)
        for state, there in (("attente", False), ("repondu", True), ("regle", True)):
            assert (row.title in page(table, "representations", query=f"?etat={state}")) is there

    def test_what_was_answered_is_not_rewritten(self, table: Table) -> None:
        row = made.representation_of(table)
        services.answer(viewer=table.viewer("coordinator"), row=row, on=made.today(), text="Oui")
        data = {
            "title": "Autre", "subject": "rent", "made_on": str(made.today()), "channel": "phone", "origin": "tenant"
        }  # fmt: skip
        address = url(table, "representation_edit", representation_id=row.pk)
        assert table.client("coordinator").post(address, data).status_code == 422
        step = url(table, "representation_step", representation_id=row.pk)
        assert table.client("partner").post(step, {"on": str(made.today()), "text": "Faite", "result": "done"})
        row.refresh_from_db()
        assert row.result == "done"
        assert row.steps.get().signed_as == "Organisme X"
        assert "Faite" in page(table, "representation", representation_id=row.pk)

    def test_who_may_do_what(self, table: Table) -> None:
        row = made.representation_of(table)
        with pytest.raises(NotAllowed):
            services.answer(viewer=table.viewer("partner"), row=row, on=made.today(), text="Oui")
        with pytest.raises(NotAllowed):
            services.add_step(viewer=table.viewer("observer"), row=row, on=made.today(), text="Oui")

    @pytest.mark.parametrize(
        "facts",
        [
            {"made_on": date(2199, 1, 1)}, {"answer_by": date(2020, 1, 1)}, {"origin": "association"},
            {"origin": "assembly"},
        ],
    )  # fmt: skip
    def test_what_is_refused(self, table: Table, facts: dict[str, object]) -> None:
        with pytest.raises(DomainError):
            made.representation_of(table, **facts)

    def test_empty_answers_and_steps(self, table: Table) -> None:
        row, viewer = made.representation_of(table), table.viewer("coordinator")
        for act in (services.answer, services.add_step):
            with pytest.raises(DomainError):
                act(viewer=viewer, row=row, on=made.today(), text="  ")
            with pytest.raises(DomainError):
                act(viewer=viewer, row=row, on=row.made_on - DAY, text="Trop tôt")

    def test_from_an_association_or_an_assembly_of_here(self, table: Table) -> None:
        row = made.representation_of(table, origin="association", association=made.association_of(table))
        assert row.by == "Association de la Tour Nord"
        assembly = made.assembly_of(table)
        assert made.representation_of(table, origin="assembly", assembly=assembly).by == str(assembly)
        assert made.representation_of(table, origin="committee").by == "Comité consultatif des résidants"
        shown = page(table, "representation_new", query=f"?origin=assembly&assembly={assembly.pk}")
        assert f'value="{assembly.pk}" selected' in shown
        assembly.space = table.other
        assembly.save()
        with pytest.raises(NotVisible):
            made.representation_of(table, origin="assembly", assembly=assembly)


class TestCode:
    def test_a_tenant_without_a_name_follows_the_answer(self, table: Table, client: Client) -> None:
        row = made.representation_of(table)
        code = code_of(row)
        assert code in page(table, "representation", representation_id=row.pk)
        assert code not in page(table, "representation", "observer", representation_id=row.pk)
        door = reverse("participation:representation_door")
        assert client.post(door, {"code": "rien"}).status_code == 422
        answer = client.post(door, {"code": code.lower().replace("-", " ")})
        assert answer.status_code == 302
        assert "n’a pas encore répondu" in client.get(answer["Location"]).content.decode()
        services.answer(viewer=table.viewer("coordinator"), row=row, on=made.today(), text="Réparée lundi")
        services.add_step(viewer=table.viewer("coordinator"), row=row, on=made.today(), text="Porte posée")
        shown = client.get(answer["Location"])
        assert "Réparée lundi" in shown.content.decode()
        assert "Porte posée" in shown.content.decode()
        assert shown["X-Robots-Tag"]

    def test_others_have_no_code(self, table: Table) -> None:
        row = made.representation_of(table, origin="committee")
        assert row.code_digest == ""
        with pytest.raises(NotVisible):
            queries.behind_code("  ")


def test_the_list_as_a_file(table: Table) -> None:
    made.representation_of(table, title="=1+1", answer_by=made.today() - DAY)
    answer = table.client("observer").get(url(table, "representations_file"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][1] == "'=1+1"
    assert rows[1][8] == "oui"


def test_by_hand_and_in_the_history(table: Table) -> None:
    data = {
        "title": "Éclairage du stationnement", "subject": "safety", "made_on": str(made.today()), "channel": "letter",
        "origin": "representative",
    }  # fmt: skip
    answer = table.client("partner").post(url(table, "representation_new"), data)
    row = Representation.objects.get()
    assert answer["Location"] == url(table, "representation", representation_id=row.pk)
    assert "Historique" in page(table, "representation", representation_id=row.pk)


def test_the_list_costs_the_same_with_more(table: Table) -> None:
    made.representation_of(table)
    client = table.client("observer")

    def more() -> None:
        made.representation_of(table, origin="association", association=made.association_of(table))
        made.representation_of(table, origin="assembly", assembly=made.assembly_of(table))

    assert_constant_queries(more, lambda: client.get(url(table, "representations")))
