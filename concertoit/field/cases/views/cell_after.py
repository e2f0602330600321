"""After a cell: the review, its actions, the document (I6)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.exports import cell as exports
from concertoit.field.cases.forms.cell import ReviewActionForm, ReviewForm
from concertoit.field.cases.policies import get_cell, member_of
from concertoit.field.cases.queries.cell import board_of
from concertoit.field.cases.services import cell_log as log
from concertoit.field.cases.services.cell_log import Hand
from concertoit.field.cases.views.pages import address, form_page
from concertoit.ground.core.blocks import WRITERS
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.downloads import attachment


@in_space("cells.activate")
def cell_review(request: SpaceRequest, reference: str) -> HttpResponse:
    """Write the review, or complete it."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    known = board_of(row).review
    form = ReviewForm(posted(request), initial={"well": known.well, "change": known.change} if known else None)
    hand = Hand.of(viewer, member_of(viewer, row))
    return form_page(
        request, form, lambda: log.review(viewer=viewer, cell=row, hand=hand, **form.cleaned_data),
        title=_("Retour sur l’action"), lead=_("Sans chercher de faute : ce qui a servi, ce qui a manqué. Sans nom."),
        back=address(request, "cell", reference=reference) + "#retour",
    )  # fmt: skip


@in_space("cells.activate")
def cell_review_action(request: SpaceRequest, reference: str) -> HttpResponse:
    """An action of the review, which becomes somebody's task."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    form = ReviewActionForm(posted(request), cell_id=row.pk)
    hand = Hand.of(viewer, member_of(viewer, row))
    return form_page(
        request, form,
        lambda: log.add_task(
            cell=row, hand=hand, title=form.cleaned_data["title"], owner=form.cleaned_data["owner"],
            due_at=form.due(), after=True,
        ),
        title=_("Une action à faire"), lead=_("Elle arrive à la table de la personne, jusqu’à ce qu’elle soit faite."),
        back=address(request, "cell", reference=reference) + "#retour",
    )  # fmt: skip


@in_space("cells.view")
def cell_file(request: SpaceRequest, reference: str, extension: str) -> HttpResponse:
    """The log and the review, in Word or PDF."""
    row = get_cell(request.viewer, reference)
    write, media_type = must_exist(WRITERS.get(extension))
    board = board_of(row)
    content = write(
        exports.title_of(board), exports.subtitle_of(board), exports.blocks_of(board), made_at=timezone.now()
    )
    return attachment(content, media_type, f"cellule-{row.reference}.{extension}")
