"""A way to write a piece of template and read what the browser would get."""

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
import pytest
from django.template import engines
from django.utils import translation

Render = Callable[..., Any]


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """A page asked for in English leaves its language to the thread; the next test starts in French."""
    yield
    translation.deactivate()


@pytest.fixture
def show() -> Render:
    """``show("{{ ui.tag('x') }}", name=value)`` renders with the components at hand and answers the parsed HTML."""

    def render(source: str, **context: Any) -> Any:
        template = engines["jinja2"].env.from_string('{% import "ui/components.html" as ui %}' + source)
        return lxml.html.fragment_fromstring(template.render(**context), create_parent="div")

    return render


def words(element: Any) -> str:
    """The text of an element, spaces collapsed, no-break spaces kept as spaces."""
    return " ".join(element.text_content().split())
