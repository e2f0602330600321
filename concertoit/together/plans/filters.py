"""Filters of the plan's views. They live in the URL, so that a filtered view can be sent to somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from concertoit.ground.core.identifiers import read_id

# What people may type in the address, and nothing else: an unknown value is no filter, never an error page.
SHOWS = {"mes-actions": "mine", "en-retard": "late", "avec-budget": "budget", "silencieuses": "silent"}


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What part of a plan to show; everything empty shows all of it."""

    show: str = ""
    axis: int | None = None
    organisation: int | None = None
    committee: int | None = None
    priority: int | None = None
    mrc: str = ""
    version: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> PlanFilter:
        """From an address."""

        show = query.get("voir", "")
        return cls(
            show=show if show in SHOWS else "",
            axis=read_id(query.get("axe")),
            organisation=read_id(query.get("organisme")),
            committee=read_id(query.get("comite")),
            priority=read_id(query.get("priorite")),
            mrc=query.get("mrc", "")[:3],
            version=read_id(query.get("version")),
        )

    def query(self, **changes: object) -> str:
        """The query string of this filter with some values changed: ``?voir=en-retard&version=3``, or nothing."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        names = {
            "voir": changed.show,
            "axe": changed.axis,
            "organisme": changed.organisation,
            "comite": changed.committee,
            "priorite": changed.priority,
            "mrc": changed.mrc,
            "version": changed.version,
        }
        text = urlencode({name: value for name, value in names.items() if value})
        return f"?{text}" if text else "?"

    def clear(self) -> str:
        """The query string of the same version with nothing else chosen."""
        return PlanFilter(version=self.version).query()

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the version is chosen."""
        return self.axis is not None or self.chooses_actions

    @property
    def chooses_actions(self) -> bool:
        """Whether some actions are shown and not others, wherever they stand."""
        return any([self.show, self.organisation, self.committee, self.priority, self.mrc])
