"""The change strategy (I1): changes tied to axes, signs counted by the platform or brought, readings dated and signed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from concertoit.field.cases.models import Case
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.places.services import find_or_create_place
from concertoit.insight.evaluation.models import ExpectedChange, Reading, SignValue
from concertoit.insight.evaluation.queries.metrics import BY_CODE, METRICS, _share
from concertoit.insight.evaluation.services import strategy
from tests.hostile import assert_constant_queries
from tests.insight.evaluation import made
from tests.personas import Table

TODAY = timezone.localdate


def url(table: Table, name: str, **kwargs: object) -> str:
    return reverse(f"evaluation:{name}", kwargs={"slug": table.space.slug, **kwargs})


def closed_cases(table: Table, better: int, same: int) -> None:
    """Cases closed yesterday with what changed for the household."""
    place = find_or_create_place(municipality=table.municipality, written="1, rue X")
    now = timezone.now() - timedelta(days=1)
    Case.objects.bulk_create(
        Case(
            space=table.space, reference=f"2026-{number:04d}", building=place.building, channel="tenant", summary="x",
            state="closed", known_at=now, moved_at=now, closed_at=now, outcome="works_done",
            living="better" if number < better else "same",
        )
        for number in range(better + same)
    )  # fmt: skip


def test_a_strategy_through_its_pages(table: Table) -> None:
    client = table.client("coordinator")
    text = "Changements de pratiques\n- On visite ensemble (Axe 1)\n\nAxe 1: Proximité"
    seen = client.post(url(table, "paste"), {"text": text, "quoi": "lire"})
    assert "On visite ensemble" in seen.content.decode()
    assert ExpectedChange.objects.count() == 0
    client.post(url(table, "paste"), {"text": text, "quoi": "inscrire"})
    change = ExpectedChange.objects.get()
    assert [one.name for one in change.axes.all()] == ["Proximité"]
    again = client.post(url(table, "paste"), {"text": text, "quoi": "inscrire"})
    assert "Rien de nouveau" in again.content.decode()
    nothing = client.post(url(table, "paste"), {"text": "Bonjour", "quoi": "lire"})
    assert nothing.status_code == 422

    closed_cases(table, better=12, same=8)
    client.post(url(table, "sign_new", change_id=change.pk), {"metric": "cases.better", "target": "80"})
    page = client.get(url(table, "change", change_id=change.pk)).content.decode().replace("\u00a0", " ")
    assert "<strong>60 %</strong>" in page
    assert "sur 20" in page
    sign = change.signs.get()
    period = {"since": (TODAY() - timedelta(days=30)).isoformat(), "until": TODAY().isoformat()}
    client.post(url(table, "value_add", sign_id=sign.pk), period)
    Case.objects.all().delete()
    kept = SignValue.objects.get()
    assert (kept.value, kept.out_of, kept.source) == (Decimal(60), 20, "Dossiers d’insalubrité")
    without = client.post(url(table, "reading_add", change_id=change.pk), {"on": TODAY().isoformat(), "seen": "yes"})
    assert without.status_code == 422
    said = {"on": TODAY().isoformat(), "seen": "starting", "words": "Trois visites faites à deux."}
    client.post(url(table, "reading_add", change_id=change.pk), said)
    listed = table.client("observer").get(url(table, "strategy")).content.decode().replace("\u00a0", " ")
    assert "Cela commence" in listed
    assert "1 signe, 1 mesuré" in listed


@pytest.mark.parametrize(("better", "same"), [(2, 1), (4, 20), (20, 4)])
def test_what_counts_too_few_is_not_told(table: Table, better: int, same: int) -> None:
    closed_cases(table, better, same)
    number = BY_CODE["cases.better"].count(table.space, date(2020, 1, 1), TODAY())
    assert number.value is None
    one = made.sign(table, "cases.better")
    page = table.client("observer").get(url(table, "change", change_id=one.change_id)).content.decode()
    assert "Trop peu pour être dit" in page
    with pytest.raises(DomainError, match="rien n’est retenu"):
        strategy.keep_value(viewer=table.viewer("coordinator"), sign=one, since=date(2020, 1, 1), until=TODAY())


def test_every_count_answers_for_a_demarche_without_anything(table: Table) -> None:
    for metric in METRICS:
        number = metric.count(table.space, date(2026, 1, 1), TODAY())
        assert number.value in (None, 0), metric.code
        assert str(metric.label)


def test_a_share_knows_its_denominator() -> None:
    assert (_share(6, 18).value, _share(6, 18).out_of) == (Decimal("33.3"), 18)
    assert _share(0, 0).value is None
    assert _share(10, 10).value == 100


def test_signs_values_and_readings_that_say_nothing_are_refused(table: Table) -> None:
    viewer, change = table.viewer("coordinator"), made.change(table)
    for facts, field in (
        (strategy.SignFacts(), "name"),
        (strategy.SignFacts(name="Appels"), "source"),
        (strategy.SignFacts(metric="inconnu"), "metric"),
    ):
        with pytest.raises(DomainError) as refused:
            strategy.save_sign(viewer=viewer, change=change, facts=facts)
        assert refused.value.field == field
    sign = made.sign(table)
    for since, until, value in (
        (date(2026, 2, 1), date(2026, 1, 1), Decimal(1)),
        (date(2026, 1, 1), TODAY() + timedelta(days=1), Decimal(1)),
        (date(2026, 1, 1), date(2026, 2, 1), None),
    ):
        with pytest.raises(DomainError):
            strategy.keep_value(viewer=viewer, sign=sign, since=since, until=until, value=value)
    with pytest.raises(DomainError, match="à venir"):
        strategy.read_change(
            viewer=viewer, change=change, on=TODAY() + timedelta(days=1), seen="yes", words="Un fait."
        )
    with pytest.raises(DomainError, match="porte déjà"):
        strategy.save_axis(viewer=viewer, number=1, name="Autre")
    with pytest.raises(NotAllowed):
        strategy.read_change(viewer=table.viewer("observer"), change=change, on=TODAY(), seen="yes", words="Un fait.")


def test_a_change_retired_keeps_what_was_read_of_it(table: Table) -> None:
    change, client = made.change(table), table.client("coco")
    strategy.read_change(viewer=table.viewer("coco"), change=change, on=TODAY(), seen="contrary", words="Un fait.")
    client.post(url(table, "change_retire", change_id=change.pk), {"reason": "Hors de notre portée."})
    page = client.get(url(table, "strategy")).content.decode()
    assert "Hors de notre portée." in page
    assert Reading.objects.count() == 1
    client.post(url(table, "change_resume", change_id=change.pk))
    change.refresh_from_db()
    assert change.retired_on is None


def test_the_page_costs_the_same_with_ten_times_the_changes(table: Table) -> None:
    made.valued(table)
    client = table.client("observer")
    assert_constant_queries(
        lambda: [made.change(table, f"Changement {number}") for number in range(9)],
        lambda: client.get(url(table, "strategy")),
    )


def test_an_axis_narrows_the_page(table: Table) -> None:
    made.change(table)
    strategy.save_axis(viewer=table.viewer("coordinator"), number=2, name="Autre")
    client = table.client("observer")
    assert "savent à qui" in client.get(url(table, "strategy"), {"axe": "1"}).content.decode()
    assert "savent à qui" not in client.get(url(table, "strategy"), {"axe": "2"}).content.decode()
