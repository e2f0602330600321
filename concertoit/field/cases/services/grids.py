"""Versions of the grid: the first one installed, a draft prepared from the one in use, then adopted and frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.grid import GridState
from concertoit.field.cases.models import GridDimension, GridItem, GridVersion
from concertoit.field.cases.queries.grids import document_of, draft_of
from concertoit.field.cases.rules import first_grid
from concertoit.field.cases.rules.grading import Thresholds
from concertoit.field.cases.rules.grid_document import Dimension, GridDocument, Item, differences
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@transaction.atomic
def ensure_grid(space: Space) -> GridVersion:
    """The version in use; the first grid is installed where there is none. Twice changes nothing.

    It is in use without having been adopted: ``adopted_on`` stays empty until the partners adopt one, and pages say so.
    """
    in_use = GridVersion.objects.filter(space=space, state=GridState.ADOPTED)
    if found := in_use.first():
        return found
    Space.objects.select_for_update().get(pk=space.pk)
    if found := in_use.first():
        return found
    version = GridVersion.objects.create(
        space=space, number=0, title=first_grid.TITLE, state=GridState.ADOPTED, source=first_grid.SOURCE,
        thresholds=asdict(Thresholds()),
    )  # fmt: skip
    _write(version, first_grid.FIRST_GRID)
    return version


@transaction.atomic
def open_draft(*, viewer: Viewer) -> GridVersion:
    """Prepare the next version from the one in use; the draft that is already open is given back."""
    viewer.must("cases.setup")
    used = ensure_grid(viewer.space)
    draft = draft_of(viewer.space)
    if draft:
        return draft
    last = GridVersion.objects.filter(space=viewer.space).order_by("-number").first()
    draft = GridVersion.objects.create(
        space=viewer.space, number=(last.number if last else 0) + 1, title=used.title, based_on=used,
        thresholds=used.thresholds,
    )  # fmt: skip
    _write(draft, document_of(used))
    _journal(viewer, "cases.grid_drafted", draft)
    return draft


@transaction.atomic
def change_draft(
    *, viewer: Viewer, draft: GridVersion, change: Callable[[GridDocument], GridDocument]
) -> GridDocument:
    """Write what a change makes of the draft.

    A point that was in use before is retired, never taken away: its observations must keep saying what they are about.
    Raises ``DomainError`` for an adopted version, or for a text that does not fit.
    """
    viewer.must("cases.setup")
    _must_be_draft(viewer, draft)
    before = document_of(draft)
    used = document_of(draft.based_on) if draft.based_on else GridDocument("")
    after = _retiring(change(before), before, {one.code for one in used.items})
    changes = differences(before, after)
    if changes or before.title != after.title:
        draft.title = after.title[:120]
        draft.save(update_fields=["title", "updated_at"])
        _write(draft, after)
        _journal(viewer, "cases.grid_changed", draft, after={"codes": [one.code for one in changes][:60]})
    return after


def _retiring(after: GridDocument, before: GridDocument, used: set[str]) -> GridDocument:
    """Points in use that the change leaves out come back retired, with their dimension."""
    here = {one.code for one in after.items}
    gone = [replace(one, retired=True) for one in before.items if one.code in used and one.code not in here]
    named = {one.code for one in after.dimensions}
    needed = {one.dimension for one in gone} - named
    lost = tuple(one for one in before.dimensions if one.code in needed)
    return replace(after, dimensions=(*after.dimensions, *lost), items=(*after.items, *gone))


def with_item(document: GridDocument, item: Item, *, was: str = "") -> GridDocument:
    """The document with a point in the place of the one it was, or at the end of its dimension.

    Raises ``DomainError`` when another point bears its code.
    """
    if item.code != was and any(one.code == item.code for one in document.items):
        raise DomainError(_("Un point porte déjà ce code."), field="code")
    if was:
        return replace(document, items=tuple(item if one.code == was else one for one in document.items))
    return replace(document, items=(*document.items, item))


def with_dimension(document: GridDocument, dimension: Dimension, *, was: str = "") -> GridDocument:
    """The document with a dimension in the place of the one it was, or at the end; its points follow its code."""
    if dimension.code != was and any(one.code == dimension.code for one in document.dimensions):
        raise DomainError(_("Une dimension porte déjà ce code."), field="code")
    if not was:
        return replace(document, dimensions=(*document.dimensions, dimension))
    return replace(
        document,
        dimensions=tuple(dimension if one.code == was else one for one in document.dimensions),
        items=tuple(replace(one, dimension=dimension.code) if one.dimension == was else one for one in document.items),
    )


@transaction.atomic
def set_thresholds(*, viewer: Viewer, draft: GridVersion, values: Mapping[str, int]) -> None:
    """Write the counts of a draft. Raises ``DomainError`` outside 0 to 20, or for an adopted version."""
    viewer.must("cases.setup")
    _must_be_draft(viewer, draft)
    wanted = asdict(Thresholds.of(values))
    wrong = next((name for name, value in wanted.items() if not 0 <= value <= 20), None)
    if wrong:
        raise DomainError(_("Écrivez un nombre de 0 à 20; 0 éteint la règle."), field=wrong)
    before = dict(draft.thresholds)
    if before != wanted:
        draft.thresholds = wanted
        draft.save(update_fields=["thresholds", "updated_at"])
        _journal(viewer, "cases.grid_thresholds", draft, before=before, after=wanted)


@transaction.atomic
def adopt(*, viewer: Viewer, draft: GridVersion, adopted_by: str, adopted_on: date) -> GridVersion:
    """Put a draft in use and freeze it; the version before it is kept, replaced.

    Raises ``DomainError`` without the name of who adopted, or with a dimension that has nothing to look at.
    """
    viewer.must("cases.setup")
    _must_be_draft(viewer, draft)
    if not adopted_by.strip():
        raise DomainError(_("Dites qui l’a adoptée : une rencontre, un comité, des partenaires."), field="adopted_by")
    document = document_of(draft)
    used = {one.dimension for one in document.items}
    empty = [one.title for one in document.dimensions if one.code not in used]
    if empty or not used:
        raise DomainError(_("Une dimension n’a aucun point : %(names)s") % {"names": ", ".join(empty) or "–"})
    Space.objects.select_for_update().get(pk=viewer.space.pk)
    GridVersion.objects.filter(space=viewer.space, state=GridState.ADOPTED).update(state=GridState.REPLACED)
    draft.state, draft.adopted_by, draft.adopted_on = GridState.ADOPTED, adopted_by.strip()[:200], adopted_on
    draft.save(update_fields=["state", "adopted_by", "adopted_on", "updated_at"])
    _journal(viewer, "cases.grid_adopted", draft, after={"adopted_by": draft.adopted_by})
    return draft


@transaction.atomic
def discard_draft(*, viewer: Viewer, draft: GridVersion) -> None:
    """Throw a draft away: nothing was observed with it."""
    viewer.must("cases.setup")
    _must_be_draft(viewer, draft)
    _journal(viewer, "cases.grid_discarded", draft)
    draft.delete()


def _must_be_draft(viewer: Viewer, version: GridVersion) -> None:
    if version.space_id != viewer.space.pk or not version.is_draft:
        raise DomainError(_("Cette version est adoptée : elle ne change plus. Ouvrez un brouillon."))


def _write(version: GridVersion, document: GridDocument) -> None:
    """Make the rows of a version say the document, keeping rows by their code."""
    dimensions = {one.code: one for one in GridDimension.objects.filter(version=version)}
    for position, facts in enumerate(document.dimensions):
        row = dimensions.get(facts.code) or GridDimension(space_id=version.space_id, version=version, code=facts.code)
        row.title, row.sensitive, row.position = facts.title, list(facts.sensitive), position
        _checked(row)
        row.save()
        dimensions[facts.code] = row
    items = {one.code: one for one in GridItem.objects.filter(version=version)}
    rows = [_item(version, items.get(one.code), one, dimensions, at) for at, one in enumerate(document.items)]
    GridItem.objects.bulk_create([row for row in rows if row.pk is None])
    known = [row for row in rows if row.pk is not None]
    GridItem.objects.bulk_update(known, [*_FIELDS, "dimension", "position"])
    GridItem.objects.filter(version=version).exclude(code__in=[one.code for one in document.items]).delete()
    GridDimension.objects.filter(version=version).exclude(code__in=[one.code for one in document.dimensions]).delete()


_FIELDS = ("scope", "label", "danger", "mandates", "together", "measure", "weight", "hhsrs", "sources", "retired")


def _item(
    version: GridVersion, row: GridItem | None, facts: Item, dimensions: dict[str, GridDimension], position: int
) -> GridItem:
    item = row or GridItem(space_id=version.space_id, version=version, code=facts.code)
    for name in _FIELDS:
        value = getattr(facts, name)
        setattr(item, name, list(value) if isinstance(value, tuple) else value)
    item.dimension, item.position = dimensions[facts.dimension], position
    _checked(item)
    return item


def _checked(row: GridDimension | GridItem) -> None:
    """Raise ``DomainError`` for a text that its column cannot hold."""
    try:
        row.clean_fields(exclude=["space", "version", "dimension"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise DomainError(f"{row.code}\u00a0: {messages[0]}", field=name) from error


def _journal(viewer: Viewer, verb: str, version: GridVersion, **values: Any) -> None:
    record_row(version, f"v{version.number}", actor=viewer.user, verb=verb, **values)
