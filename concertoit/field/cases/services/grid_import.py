"""A file that was read and looked at becomes the draft: with the questions that people chose to keep as points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.cases.importers.grid import read_grid
from concertoit.field.cases.models import GridVersion
from concertoit.field.cases.queries.grids import document_of
from concertoit.field.cases.rules.grid_document import GridDocument, Refused
from concertoit.field.cases.services.grids import change_draft
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

CANDIDATE = "?"  # before the code of a question that is not a point unless somebody keeps it


@transaction.atomic
def take(*, viewer: Viewer, draft: GridVersion, text: str, candidates: Sequence[str] = ()) -> GridDocument:
    """Write a grid, as the CSV that the preview showed, into the draft.

    ``candidates``: codes of the questions offered as points that somebody keeps; the others are left out. Raises
    ``DomainError`` when the text is no longer a grid that can be read whole.
    """
    try:
        reading = read_grid("grille.csv", text.encode(), GridDocument(document_of(draft).title))
    except Refused as refusal:
        raise DomainError(_("L’aperçu a été modifié : relisez le fichier.")) from refusal
    if reading.stops:
        raise DomainError(_("L’aperçu a été modifié : relisez le fichier."))
    kept = set(candidates)
    items = tuple(
        replace(one, code=one.code.removeprefix(CANDIDATE))
        for one in reading.document.items
        if not one.code.startswith(CANDIDATE) or one.code.removeprefix(CANDIDATE) in kept
    )
    return change_draft(viewer=viewer, draft=draft, change=lambda _before: replace(reading.document, items=items))
