"""The data table: announced count, sorting and pages as links, exports, what an empty list says."""

from django.core.paginator import Paginator
from django.test import RequestFactory

from tests.ground.ui.conftest import Render, words

SOURCE = """{% call(row) ui.table([{"label": "Nom", "sort": "nom"}, {"label": "Actions", "align": "end"}],
page.object_list, "Organismes", request=request, page=page,
exports=[{"label": "CSV", "href": "/x.csv"}], empty_title="Aucun organisme") %}
<td>{{ row }}</td><td>1</td>{% endcall %}"""


def test_count_rows_and_pages(show: Render, rf: RequestFactory) -> None:
    page = Paginator(["a", "b", "c"], 2).page(1)
    html = show(SOURCE, page=page, request=rf.get("/o/?axe=2"))
    assert words(html.find(".//*[@data-announce]")) == "3 résultats"
    assert len(html.findall(".//tbody/tr")) == 2
    assert html.find(".//a[@rel='next']").get("href") == "?axe=2&page=2"
    assert html.find(".//a[@download]").get("href") == "/x.csv"


def test_sorting_turns_around(show: Render, rf: RequestFactory) -> None:
    page = Paginator(["a"], 2).page(1)
    for address, sort, link in [("/o/", None, "?tri=nom"), ("/o/?tri=nom", "ascending", "?tri=-nom"),
                                ("/o/?tri=-nom", "descending", "?tri=nom")]:  # fmt: skip
        head = show(SOURCE, page=page, request=rf.get(address)).find(".//th")
        assert head.get("aria-sort") == sort
        assert head.find("a").get("href") == link


def test_an_empty_list_teaches(show: Render, rf: RequestFactory) -> None:
    html = show(SOURCE, page=Paginator([], 2).page(1), request=rf.get("/o/"))
    assert html.find(".//table") is None
    assert "Aucun organisme" in words(html)


def test_none_is_singular_in_french(show: Render, rf: RequestFactory) -> None:
    html = show(SOURCE, page=Paginator([], 2).page(1), request=rf.get("/o/"))
    assert words(html.find(".//*[@data-announce]")) == "0 résultat"
