"""Versions of the grid of a démarche, read as documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from concertoit.field.cases.enums.grid import GridState
from concertoit.field.cases.models import GridDimension, GridItem, GridVersion
from concertoit.field.cases.rules.first_grid import FIRST_GRID
from concertoit.field.cases.rules.grading import Point, Thresholds
from concertoit.field.cases.rules.grid_document import Dimension, GridDocument, Item
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@dataclass(frozen=True)
class Grid:
    """A version with what it says. ``version`` is ``None`` for the first grid, before anybody used it."""

    version: GridVersion | None
    document: GridDocument
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def points(self) -> list[Point]:
        """What grading needs; retired points are left out."""
        return [Point(one.code, one.dimension, bool(one.danger)) for one in self.items]

    @property
    def items(self) -> list[Item]:
        return [one for one in self.document.items if not one.retired]

    @property
    def sensitive(self) -> dict[str, tuple[str, ...]]:
        return {one.code: one.sensitive for one in self.document.dimensions}


def document_of(version: GridVersion) -> GridDocument:
    """What a version says, in two queries."""
    dimensions = list(GridDimension.objects.filter(version=version).order_by("position", "pk"))
    return _document(version, dimensions, list(GridItem.objects.filter(version=version).order_by("position", "pk")))


def _document(version: GridVersion, dimensions: list[GridDimension], items: list[GridItem]) -> GridDocument:
    codes = {one.pk: one.code for one in dimensions}
    return GridDocument(
        version.title,
        tuple(Dimension(one.code, one.title, tuple(one.sensitive)) for one in dimensions),
        tuple(
            Item(
                one.code, codes[one.dimension_id], one.label, one.scope, one.danger, tuple(one.mandates), one.together,
                one.measure, one.weight, one.hhsrs, one.sources, one.retired,
            )
            for one in items
        ),
    )  # fmt: skip


def read(version: GridVersion) -> Grid:
    return Grid(version, document_of(version), Thresholds.of(version.thresholds))


def grid_in_use(space: Space) -> Grid:
    """The version in use, in one query; the first grid of the house where nobody has used one yet."""
    rows = GridItem.objects.filter(version__space=space, version__state=GridState.ADOPTED)
    items = list(rows.select_related("version", "dimension").order_by("position", "pk"))
    if not items:
        return Grid(None, FIRST_GRID)
    version = items[0].version
    dimensions = sorted({one.dimension_id: one.dimension for one in items}.values(), key=lambda one: one.position)
    return Grid(version, _document(version, dimensions, items), Thresholds.of(version.thresholds))


def versions(viewer: Viewer) -> list[GridVersion]:
    """The newest first."""
    return list(GridVersion.objects.filter(space=viewer.space).order_by("-number"))


def draft_of(space: Space) -> GridVersion | None:
    return GridVersion.objects.filter(space=space, state=GridState.DRAFT).select_related("based_on").first()


def get_grid(viewer: Viewer, number: int) -> Grid:
    """A version by its number; number 0 is the first grid of the house even before anybody used it.

    Raises ``NotVisible`` for a number that the démarche does not have, or for a draft that the viewer does not prepare.
    """
    found = GridVersion.objects.filter(space=viewer.space, number=number).select_related("based_on").first()
    if found is None and number == 0 and not GridVersion.objects.filter(space=viewer.space).exists():
        return Grid(None, FIRST_GRID)
    if found is None or (found.is_draft and not viewer.can("cases.setup")):
        raise NotVisible("")
    return read(found)


def get_draft(viewer: Viewer, number: int) -> Grid:
    """The draft of this number, for who prepares it. Raises ``NotVisible`` for any other version."""
    grid = get_grid(viewer, number)
    if grid.version is None or not grid.version.is_draft:
        raise NotVisible("")
    return grid
