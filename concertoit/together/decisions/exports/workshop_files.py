"""A workshop taken out: CSV for a spreadsheet, Word for a report."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_long
from concertoit.ground.core.spreadsheets import safe_text
from concertoit.ground.core.word import Run, TableSpec, WordDocument
from concertoit.together.decisions.queries.workshops import Board, IdeaView


def to_csv(board: Board, axes: dict[int, str]) -> bytes:
    """One row per idea, duplicates included; UTF-8 with a byte-order mark (Excel needs it)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [_("Chapeau"), _("Idée"), _("Signature"), _("Groupe"), _("Axe"), _("Doublon de"), _("Action proposée")]
    )
    groups = {view.group.pk: view.group for view in board.groups}
    for hat in board.hats:
        name = str(hat.hat.get_colour_display())
        for view in hat.ideas:
            idea = view.idea
            group = groups.get(idea.group_id) if idea.group_id else None
            axis = axes.get(idea.axis_id or (group.axis_id if group else None) or 0, "")
            became = " · ".join(one.title for one in view.proposals)
            row = [name, idea.text, idea.signature, group.title if group else "", axis, "", became]
            writer.writerow([safe_text(one) for one in row])
            for other in view.duplicates:
                writer.writerow([safe_text(one) for one in [name, other.text, other.signature, "", "", idea.text, ""]])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_docx(board: Board, axes: dict[int, str]) -> bytes:
    """The summary of a workshop: the question, ideas by hat, groups, proposed actions."""
    workshop = board.workshop
    word = WordDocument(workshop.title, subject=_("Synthèse d’atelier"), footer=workshop.title, landscape=False)
    word.heading(workshop.title, 0)
    word.paragraph((Run(workshop.question, bold=True),))
    when = f"{date_long(workshop.on)} · " if workshop.on else ""
    word.paragraph(f"{when}{_('%(n)s idées') % {'n': board.count}} · {workshop.get_mode_display()}")
    if board.proposals:
        word.heading(_("Actions proposées"), 1)
        for proposal in board.proposals:
            word.paragraph(proposal.title, "ListBullet")
    for group in board.groups:
        axis = axes.get(group.group.axis_id or 0, "")
        word.heading(group.group.title, 2)
        if axis:
            word.paragraph(axis)
        _ideas(word, group.group.title, group.ideas, signed=workshop.mode != "nameless")
    for hat in board.hats:
        if hat.ideas:
            word.heading(f"{hat.hat.get_colour_display()} – {hat.subject}", 1)
            _ideas(word, str(hat.subject), hat.ideas, signed=workshop.mode != "nameless")
    return word.to_bytes()


def _ideas(word: WordDocument, title: str, ideas: list[IdeaView], *, signed: bool) -> None:
    if not ideas:
        return
    header = [_("Idée"), _("Fois dite")] + ([_("Signature")] if signed else [])
    rows = []
    for view in ideas:
        cells = [view.idea.text, str(1 + len(view.duplicates))]
        if signed:
            cells.append(" · ".join(dict.fromkeys(s for s in _signatures(view) if s)))
        rows.append(cells)
    widths = [7.0, 1.0, 3.0] if signed else [9.0, 1.0]
    word.table(TableSpec(widths=widths, header=[header], title=title, keep_rows=True, rows=rows))


def _signatures(view: IdeaView) -> list[str]:
    return [view.idea.signature, *(one.signature for one in view.duplicates)]
