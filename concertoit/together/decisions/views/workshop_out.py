"""What is taken out of a workshop: the summary to read and print, CSV, Word."""

from django.http import HttpResponse

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV, WORD
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import render
from concertoit.together.decisions.enums import MODE_NOTICES
from concertoit.together.decisions.exports.workshop_files import to_csv, to_docx
from concertoit.together.decisions.queries.workshops import axis_titles, board_of, workshop_of

FORMATS = {"csv": (to_csv, CSV), "docx": (to_docx, WORD)}


@in_space("workshop.view")
def workshop_summary(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """What was said and what it became."""
    row = workshop_of(request.viewer, workshop_id)
    context = {
        "workshop": row,
        "board": board_of(row),
        "axes": axis_titles(request.viewer.space),
        "notice": MODE_NOTICES[row.mode],
    }
    return render(request, "decisions/workshop_summary.html", context)


@in_space("workshop.view")
def workshop_file(request: SpaceRequest, workshop_id: int, extension: str) -> HttpResponse:
    """The summary as a file."""
    row = workshop_of(request.viewer, workshop_id)
    if extension not in FORMATS:
        raise NotVisible("")
    write, media_type = FORMATS[extension]
    name = f"{request.viewer.space.slug}-atelier-{row.pk}.{extension}"
    return attachment(write(board_of(row), axis_titles(request.viewer.space)), media_type, name)
