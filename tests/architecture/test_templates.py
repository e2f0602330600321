"""Templates: of one's own room or of ui, all used, nothing that the content security policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from tests.architecture.tree import PACKAGE, modules, room_of, shown, templates

_NAMED = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")
_INLINE = re.compile(r"\sstyle\s*=|<style(?![^>]*nonce)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json[\"'])", re.IGNORECASE)
# A long date brings its article: « Confirmée le le mardi 8 septembre »
_TWO_ARTICLES = re.compile(r"\ble %\((\w+)\)s[^\n]*?\b\1=[\w.]+\|date_long(?!\([^)]*article=false)")
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
# Found by a library under a name of its own choosing.
_OF_LIBRARIES = ("account/", "mfa/", "usersessions/", "allauth/", "429.html")


def name_of(path: Path) -> str:
    """The name under which a template is loaded."""
    return str(Path(*path.parts[path.parts.index("templates") + 1 :]))


def text_of(path: Path) -> str:
    return _COMMENT.sub("", path.read_text())


by_template = pytest.mark.parametrize(
    "path", [p for p in templates() if p.suffix in {".html", ".svg", ".txt"}], ids=shown
)


def test_a_date_has_one_article() -> None:
    assert _TWO_ARTICLES.search('_("du %(a)s, le %(day)s par %(b)s", a=b, day=one.at|date_long, b=c)')
    wrong = [shown(path) for path in templates() if _TWO_ARTICLES.search(text_of(path))]
    assert wrong == []


@by_template
def test_it_compiles(path: Path) -> None:
    """A syntax error in a page nobody opened today is found today."""
    if path.suffix == ".html":
        engines["jinja2"].env.get_template(name_of(path))


@by_template
def test_it_stays_in_its_room(path: Path) -> None:
    """A page uses templates of its own room or of ui; what comes from a higher room comes through a panel."""
    own = room_of(path).split(".")[-1]
    for used in _NAMED.findall(text_of(path)):
        assert used.split("/")[0] in {own, "ui"} or used.startswith(_OF_LIBRARIES), f"uses {used}"


@by_template
def test_nothing_inline(path: Path) -> None:
    """Styles and scripts are files: the policy refuses the rest, and so do we."""
    text = text_of(path)
    if "{# mail #}" in path.read_text():  # e-mail has no stylesheet
        return
    assert not _INLINE.findall(text)
    assert not _SCRIPT.findall(text)


def test_every_template_is_used() -> None:
    """By a view, another template, or a library that looks for it under this name."""
    said = "\n".join(path.read_text() for path in (*modules(), *templates()))
    names = {name_of(path) for path in templates()}
    unused = {name for name in names if name not in said and not name.startswith(_OF_LIBRARIES)}
    assert not unused


def test_templates_stand_under_the_name_of_their_room() -> None:
    """Otherwise two rooms could hide each other's pages."""
    wrong = [
        shown(path)
        for path in templates()
        if name_of(path).split("/")[0] != room_of(path).split(".")[-1] and not name_of(path).startswith(_OF_LIBRARIES)
    ]
    assert not wrong


def test_all_rooms_are_searched_for_templates() -> None:
    holding = {PACKAGE.joinpath(*room_of(path).split("."), "templates") for path in templates()}
    assert holding <= {Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]}
