"""Each component: what it shows, what a screen reader gets, and the options it refuses."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from concertoit.ground.ui.components import (
    ComponentError,
    address,
    addresses,
    icon_names,
    keys_of,
    link_to,
    query,
    ratio,
)
from tests.ground.ui.conftest import Render, words


def test_an_icon_is_silent_unless_named(show: Render) -> None:
    silent, named = show("{{ ui.icon('house') }}{{ ui.icon('house', 'maison', 'lg') }}").findall("svg")
    assert silent.get("aria-hidden") == "true"
    assert (named.get("role"), named.get("aria-label")) == ("img", "maison")


@pytest.mark.parametrize(
    "call",
    [
        "ui.icon('no-such-icon')",
        "ui.icon('house', size='huge')",
        "ui.tag('x', tone='sucess')",
        "ui.notice('x', tone='red')",
        "ui.meteo('sunny')",
        "ui.phase('done')",
        "ui.step_state('finished')",
        "ui.organisation('x', role='boss')",
        "ui.process([{'label': 'x', 'state': 'doing'}], 'x')",
        "ui.process([{'label': 'x'}], 'x')",
        "ui.tabs([{'label': 'x', 'href': '#', 'active': true}], 'x')",
        "ui.gantt(0, 1.5, 0, 'x')",
        "ui.gantt(0, 1, 0, 'x', axis=9)",
        "ui.parts_bar([{'share': 2, 'tone': 'done', 'label': 'x'}])",
        "ui.parts_bar([{'share': 1, 'tone': 'pink', 'label': 'x'}])",
        "ui.chart('pie', 'x', ['a'], [{'name': 'n', 'values': [1]}])",
        "ui.chart('line', 'x', ['a'], [{'name': 'n', 'values': [1, 2]}])",
        "ui.tile_map([{'code': '999', 'value': 1}], 'x')",
        "ui.field('name')",
        "ui.post_button('#', 'x', '', tone='loud')",
        "ui.definitions([], columns=3)",
        "ui.table([{'title': 'x'}], [1], 'x', phone='tiny')",
    ],
)
def test_unknown_options_are_refused(show: Render, call: str) -> None:
    with pytest.raises(ComponentError):
        show("{{ " + call + " }}")


def test_colour_never_speaks_alone(show: Render) -> None:
    for value in ("good", "support", "trouble", ""):
        badge = show("{{ ui.meteo(value) }}", value=value)
        assert words(badge)
        assert badge.find(".//svg") is not None


def test_a_page_header_has_one_title_and_the_way_back(show: Render) -> None:
    page = show(
        "{% call ui.page_header('Plan', lead='Court', tags=[{'text': 'Ébauche', 'tone': 'sky'}],"
        " crumbs=[{'label': 'Accueil', 'href': '/'}, {'label': 'Plan'}]) %}<a>Agir</a>{% endcall %}"
    )
    assert [words(h) for h in page.findall(".//h1")] == ["Plan"]
    assert words(page.find(".//*[@aria-current='page']")) == "Plan"
    assert words(page.find(".//div[@class='actions']")) == "Agir"


def test_text_is_escaped(show: Render) -> None:
    page = show(
        "{{ ui.tag(x) }}{{ ui.empty(x, x) }}{{ ui.toast(x) }}{{ ui.tile(x, x, note=x) }}", x="<script>1</script>"
    )
    assert not page.findall(".//script")


def test_progress_says_its_denominator(show: Render) -> None:
    page = show("{{ ui.progress(61, 205, 'Étapes faites') }}")
    assert "61 sur 205" in words(page)
    assert "30" in page.find(".//svg").get("aria-label")
    assert words(show("{{ ui.progress(0, 0, 'Rien') }}"))  # nothing to do is not a division by zero


def test_parts_follow_each_other(show: Render) -> None:
    parts = [{"share": 0.3, "tone": "done", "label": "a"}, {"share": 0.2, "tone": "late", "label": "b"}]
    rects = show("{{ ui.parts_bar(parts) }}", parts=parts).findall(".//rect")[1:]
    assert [(rect.get("x"), rect.get("width")) for rect in rects] == [("0.0%", "30.0%"), ("30.0%", "20.0%")]


def test_distribution_counts_and_shares(show: Render) -> None:
    page = show("{{ ui.distribution([{'label': 'Oui', 'value': 3}, {'label': 'Non', 'value': 1}], 'Votes') }}")
    assert "Oui 3 (75 %)" in words(page)
    assert "Aucune réponse" in words(show("{{ ui.distribution([{'label': 'Oui', 'value': 0}], 'Votes') }}"))


def test_every_picture_has_its_table(show: Render) -> None:
    chart = show("{{ ui.chart('line', 'Parc', ['2023', '2024'], [{'name': 'Région', 'values': [4.5, none]}]) }}")
    assert words(chart.find(".//figcaption")) == "Parc"
    assert [words(cell) for cell in chart.findall(".//td")][1:] == ["4,5", "non disponible"]
    tiles = show("{{ ui.tile_map([{'code': '610', 'value': 3}], 'Actions') }}")
    assert len(tiles.findall(".//tbody/tr")) == 6


def test_a_definition_without_value_says_so(show: Render) -> None:
    assert words(show("{{ ui.definitions([('Fiduciaire', '')]) }}")) == "FiduciaireNon précisé"


def test_process_names_states_and_marks_the_current_step(show: Render) -> None:
    page = show("{{ ui.process([{'label': 'Bilan', 'state': 'done'}, {'label': 'Dépôt', 'state': 'now'}], 'Cycle') }}")
    assert words(page.find(".//*[@aria-current='step']")) == "Dépôten cours"
    assert "Bilanfait" in words(page)


def test_keys_of_completes_and_refuses() -> None:
    assert keys_of({"label": "x"}, required="label", optional="href") == {"label": "x", "href": ""}
    with pytest.raises(ComponentError):
        keys_of({"label": "x", "url": "y"}, required="label", optional="href")


def test_ratio_forgives_rounding_only() -> None:
    assert ratio(1.0004) == 1.0
    with pytest.raises(ComponentError):
        ratio(1.2)


def test_query_keeps_filters_and_returns_to_the_first_page(rf) -> None:  # type: ignore[no-untyped-def]
    request = rf.get("/plan/?tri=nom&axe=1&axe=2&page=3")
    assert query(request, tri="-nom") == "?axe=1&axe=2&tri=-nom"
    assert query(request, axe=None) == "?tri=nom"
    assert query(request, page=4) == "?tri=nom&axe=1&axe=2&page=4"
    assert query(rf.get("/plan/?tri=nom"), tri="") == "/plan/"


@pytest.mark.parametrize("value", ["2026-000123", "2026-0001"])
def test_the_addresses_of_a_long_list_are_those_of_its_view(value: str) -> None:
    assert addresses("cases:case", "reference", "0000-0000", slug="a-0000-0000")(value) == reverse(
        "cases:case", args=["a-0000-0000", value]
    )


def test_the_sprite_has_the_icons_of_the_shell() -> None:
    assert {"bell", "search", "list", "house-door", "box-arrow-right"} <= icon_names()


def test_a_mark_is_drawn_whatever_the_language_before(show: Render) -> None:
    """Marks are kept once drawn: a label that is translated late must not stay in the language of the first reader."""
    for language, word in (("fr-ca", "Annuler"), ("en", "Cancel")):
        with translation.override(language):
            page = show(
                "{{ ui.icon('house', label) }}{{ ui.tag(label, 'ok', 'house', '/a?b&c') }}", label=_("Annuler")
            )
        assert page.find("svg").get("aria-label") == words(page.find("a")) == word
        assert page.find("a").get("href") == "/a?b&c"


def test_the_address_of_a_view_is_that_of_this_site(settings) -> None:  # type: ignore[no-untyped-def]
    assert link_to("cases:list", slug="a") == address("cases:list", slug="a") == reverse("cases:list", args=["a"])
    assert link_to("nowhere:page", slug="a") == ""
    settings.ROOT_URLCONF = "concertoit.ground.ui.urls"
    assert link_to("cases:list", slug="a") == ""
