"""Sections of the page of a case, and of the page of a building: each part of the room brings its own.

Registered from ``apps.py``::

    sections.register(sections_of_mine)             # (viewer, case) -> Section | None
    sections.register_building(sections_of_mine)    # (viewer, building) -> Section | None

A section answers nothing where it has nothing to say to this viewer: permission is asked of ``policies`` there, never in
the template. The page draws them in order, with their own context only, and a summary links to each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from concertoit.field.cases.models import Case
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of page. ``code`` is its anchor; ``note`` is what the summary says of it (« 2 visites »)."""

    code: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    note: str = ""


CaseProvider = Callable[[Viewer, Case], Section | None]
BuildingProvider = Callable[[Viewer, Building], Section | None]
_of_cases: list[CaseProvider] = []
_of_buildings: list[BuildingProvider] = []


def register(provider: CaseProvider) -> None:
    """Add a section to the page of a case (idempotent, so that a test may reload an app)."""
    if provider not in _of_cases:
        _of_cases.append(provider)


def register_building(provider: BuildingProvider) -> None:
    """Add a section to the page of a building (idempotent)."""
    if provider not in _of_buildings:
        _of_buildings.append(provider)


def sections_of(viewer: Viewer, case: Case) -> list[Section]:
    """The sections of a case for this viewer, in order."""
    return _ordered(provider(viewer, case) for provider in _of_cases)


def building_sections(viewer: Viewer, building: Building) -> list[Section]:
    """The sections of a building for this viewer, in order."""
    return _ordered(provider(viewer, building) for provider in _of_buildings)


def _ordered(found: Any) -> list[Section]:
    return sorted((one for one in found if one is not None), key=lambda one: (one.order, one.code))


@dataclass(frozen=True, slots=True)
class Tab:
    """A page that stands beside the list of cases: shown to who has its verb."""

    code: str
    label: Any
    view: str
    verb: str
    icon: str
    order: int = 50


_tabs: dict[str, Tab] = {}


def register_tab(tab: Tab) -> None:
    """Add a page beside the list of cases (idempotent)."""
    _tabs[tab.code] = tab


def tabs_of(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The pages beside the list, for ``ui.tabs``; one alone is none."""
    shown = sorted((tab for tab in _tabs.values() if viewer.can(tab.verb)), key=lambda tab: (tab.order, tab.code))
    slug = {"slug": viewer.space.slug}
    return [
        {"label": tab.label, "href": reverse(tab.view, kwargs=slug), "current": tab.code == current, "icon": tab.icon}
        for tab in shown
    ]
