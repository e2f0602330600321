"""What people write is shown safely."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertoit.ground.ui.text import markdown

ALLOWED = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "code", "hr", "div"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        '<a href="#" onclick="x()">x</a>',
        "![x](https://exemple.org/pixel.gif)",
        '<img src=x onerror="alert(1)">',
        "<style>body{}</style>",
        "[x](JaVaScRiPt:alert(1))",
    ],
)
def test_no_script_no_image_no_attribute(text: str) -> None:
    page = lxml.html.fragment_fromstring(str(markdown(text)), create_parent="div")
    assert {element.tag for element in page.iter()} <= ALLOWED
    for link in page.iter("a"):
        assert set(link.attrib) <= {"href", "rel"}
        assert not link.get("href", "").lower().startswith(("javascript", "data"))


@given(st.text(max_size=200))
def test_whatever_is_written_only_allowed_tags_come_out(text: str) -> None:
    page = lxml.html.fragment_fromstring(str(markdown(text)), create_parent="div")
    assert {element.tag for element in page.iter()} <= ALLOWED


def test_ordinary_writing() -> None:
    assert "<strong>oui</strong>" in markdown("**oui** et\nnon")
    assert "<br>" in markdown("une\ndeux")
