"""Fields that forms of every room are made of."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from concertoit.ground.places.models import Mrc, Region
from concertoit.ground.ui.forms import (
    NumberField,
    count,
    day,
    give_choices,
    give_rows,
    hour,
    moment,
    read_number,
    text_area,
    yes_no,
)
from tests.ground.ui.conftest import Render


class EveryField(forms.Form):
    """One field of each maker."""

    on = day("Jour")
    at = hour("Heure", required=False)
    when = moment("Moment", required=False)
    people = count("Personnes", required=False, most=30)
    known = yes_no("Connu")
    words = forms.CharField(label="Mots", required=False, widget=text_area(4, lang="en"))
    town = forms.ChoiceField(label="Ville", required=False)
    mrc = forms.ModelChoiceField(label="MRC", required=False, queryset=Mrc.objects.none())


def filled(**values: Any) -> EveryField:
    form = EveryField({"on": "2026-11-22", **values})
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize(
    ("name", "kind", "initial", "shown"),
    [
        ("on", "date", date(2026, 11, 2), "2026-11-02"),
        ("at", "time", time(9, 30), "09:30"),
        ("when", "datetime-local", datetime(2026, 11, 2, 14, 5, tzinfo=UTC), "2026-11-02T09:05"),
        ("people", "number", 12, "12"),
    ],
)
def test_the_browser_s_own_control_shows_the_value(
    show: Render, name: str, kind: str, initial: Any, shown: str
) -> None:
    """With the macro or without it: a calendar refuses a day that is not written its way."""
    form = EveryField(initial={name: initial})
    for html in (
        show("{{ ui.field(form[name]) }}", form=form, name=name),
        show("{{ form[name] }}", form=form, name=name),
    ):
        control = html.xpath("descendant-or-self::input")[0]
        assert (control.get("type"), control.get("value")) == (kind, shown)


def test_a_field_is_required_unless_told_otherwise() -> None:
    assert set(EveryField({}).errors) == {"on"}


@pytest.mark.parametrize("text", ["2026-11-22T09:30", "2026-11-22 09:30"])
def test_a_moment_is_the_time_here(text: str) -> None:
    found = filled(when=text).cleaned_data["when"]
    assert timezone.localtime(found).replace(tzinfo=None) == datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - as written


@pytest.mark.parametrize(("text", "right"), [("0", True), ("30", True), ("31", False), ("-1", False), ("1,5", False)])
def test_a_count_is_whole_and_within_bounds(text: str, right: bool) -> None:
    assert EveryField({"on": "2026-11-22", "people": text}).is_valid() is right


@pytest.mark.parametrize(("text", "value"), [("", None), ("True", True), ("False", False)])
def test_no_answer_is_neither_yes_nor_no(text: str, value: bool | None) -> None:
    assert filled(known=text).cleaned_data["known"] is value


def test_not_known_is_worded_or_left_out() -> None:
    assert [key for key, _label in yes_no("Connu").choices] == ["", "True", "False"]
    assert yes_no("Connu", unknown="Non inscrit").choices[0] == ("", "Non inscrit")
    assert [key for key, _label in yes_no("Connu", unknown="").choices] == ["True", "False"]


def test_a_text_area_keeps_its_attributes(show: Render) -> None:
    area = show("{{ ui.field(form['words']) }}", form=EveryField()).find(".//textarea")
    assert (area.get("rows"), area.get("lang")) == ("4", "en")


def test_choices_come_from_the_page() -> None:
    form = EveryField({"on": "2026-11-22", "town": "laval"})
    give_choices(form, "town", (pair for pair in [("laval", "Laval")]))
    assert form.is_valid()
    assert EveryField({"on": "2026-11-22", "town": "laval"}).errors.keys() == {
        "town"
    }  # of this form, not of its class


@pytest.mark.django_db
def test_rows_come_from_the_page_in_its_words() -> None:
    region = Region.objects.create(code="99", name="Région")
    row = Mrc.objects.create(code="999", name="Laval", region=region)
    form = EveryField({"on": "2026-11-22", "mrc": row.pk})
    give_rows(form, "mrc", Mrc.objects.all(), lambda one: f"MRC de {one.name}")
    assert form.is_valid()
    assert "MRC de Laval" in str(form["mrc"])


def test_a_field_without_choices_takes_none() -> None:
    with pytest.raises(TypeError, match=r"EveryField\.mrc"):
        give_choices(EveryField(), "mrc", [])
    with pytest.raises(TypeError, match=r"EveryField\.town"):
        give_rows(EveryField(), "town", Mrc.objects.none())


@pytest.mark.parametrize(
    ("text", "value"),
    [("12,5", "12.5"), ("1 234,50 $", "1234.50"), ("1\u00a0234.5", "1234.5"), ("\u22123", "-3"), ("45 %", "45")],
)
def test_numbers_as_people_type_them(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "douze", "1,2,3", "1.234.567", "--2", "1e5", "NaN", "infinity"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) or None):
        read_number(text)


@pytest.mark.parametrize(("text", "code"), [("douze", "number"), ("1,2345", "places"), ("1" + 11 * "0", "size")])
def test_a_number_field_says_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        NumberField(required=False).clean(text)
    assert refused.value.code == code


def test_a_number_field_shows_what_people_type() -> None:
    assert NumberField().prepare_value(Decimal("1234.500")) == "1234,5"
    assert NumberField(required=False).clean("") is None
