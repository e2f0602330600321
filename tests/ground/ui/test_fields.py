"""Form fields: label, help and error tied to their control, for each kind of widget."""

from typing import Any

import pytest

from concertoit.ground.ui.gallery import ExampleForm
from tests.ground.ui.conftest import Render, words


@pytest.fixture
def wrong() -> ExampleForm:
    return ExampleForm({"title": "", "outlook": "", "due": "2026-02-31"})


def control(html: Any, name: str) -> Any:
    return html.xpath(".//*[@name=$name]", name=name)[0]


def test_label_help_and_error_belong_to_the_control(show: Render, wrong: ExampleForm) -> None:
    html = show("{{ ui.field(form['title']) }}", form=wrong)
    field = control(html, "title")
    assert html.find(".//label").get("for") == field.get("id")
    for described in field.get("aria-describedby").split():
        assert words(html.get_element_by_id(described))
    assert field.get("aria-invalid") == "true"
    assert "Ce champ est obligatoire." in words(html)


@pytest.mark.parametrize("look", ["", "chips"])
def test_a_group_is_a_fieldset_with_its_error(show: Render, wrong: ExampleForm, look: str) -> None:
    html = show("{{ ui.field(form['outlook'], look=look) }}", form=wrong, look=look)
    group = html.find(".//fieldset")
    assert words(group.find("legend")) == "Où en est-on?"
    assert words(html.get_element_by_id(group.get("aria-describedby"))) == "Ce champ est obligatoire."
    radios = group.findall(".//input")
    assert len(radios) == 3
    assert all(radio.get("aria-invalid") for radio in radios)


def test_choices_made_are_shown(show: Render) -> None:
    html = show("{{ ui.field(form['public'], look='chips') }}", form=ExampleForm(initial={"public": ["j"]}))
    assert [box.get("value") for box in html.findall(".//input") if box.get("checked") is not None] == ["j"]


def test_a_date_uses_the_browser_s_calendar(show: Render) -> None:
    html = show("{{ ui.field(form['due']) }}", form=ExampleForm(initial={"due": "2026-12-10"}))
    assert (control(html, "due").get("type"), control(html, "due").get("value")) == ("date", "2026-12-10")


def test_optional_fields_say_so(show: Render) -> None:
    assert "facultatif" in words(show("{{ ui.field(form['note']) }}", form=ExampleForm()))
    assert "facultatif" not in words(show("{{ ui.field(form['title']) }}", form=ExampleForm()))


def test_the_summary_leads_to_each_field(show: Render, wrong: ExampleForm) -> None:
    html = show("{{ ui.errors(form) }}{{ ui.fields(form) }}", form=wrong)
    targets = [link.get("href")[1:] for link in html.findall(".//li/a")]
    assert len(targets) == 2 * len(wrong.errors)  # fields() has its own summary
    for target in targets:
        assert html.get_element_by_id(target) is not None


def test_every_field_is_shown_once(show: Render) -> None:
    html = show("{{ ui.fields(form) }}", form=ExampleForm())
    names = {node.get("name") for node in html.xpath(".//*[@name]")}
    assert names == set(ExampleForm().fields)


def test_nothing_wrong_says_nothing(show: Render) -> None:
    assert not words(show("{{ ui.errors(form) }}", form=ExampleForm()))
