"""The document of an emergency cell, for after: times, people, measures, the whole log with its digest, the review."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.cell import EntryKind
from concertoit.field.cases.queries.cell import Board
from concertoit.field.cases.queries.cell_words import duration, entry_text, moment
from concertoit.ground.core.blocks import Block
from concertoit.ground.core.spoken import date_long, time_of_day


def title_of(board: Board) -> str:
    cell = board.cell
    name = _("Cellule d’urgence %(number)s") % {"number": cell.reference}
    return f"[{_('EXERCICE')}] {name}" if cell.exercise else name


def blocks_of(board: Board) -> Iterator[Block]:
    """The document, piece by piece."""
    cell, times = board.cell, board.times
    yield Block("text", f"{cell.get_reason_display()}. {cell.detail}".strip())
    yield Block("heading", _("Temps de déploiement"))
    yield Block("table", _("Temps de déploiement"), [
        [_("Étape"), _("Après l’activation")],
        [_("Première réponse"), duration(times.acknowledged)],
        [_("Rôles essentiels tenus"), duration(times.quorum)],
        [_("Premier geste sur place"), duration(times.on_site)],
        [_("Cellule levée"), duration(times.stood_down)],
    ], (2.0, 1.0))  # fmt: skip
    yield Block("heading", _("Équipe de la cellule"))
    yield Block("table", _("Équipe de la cellule"), [
        [_("Personne"), _("Rôle"), _("Réponse")],
        *([one.label, str(one.get_role_display()), str(one.get_answer_display() or "–")] for one in board.members),
    ], (2.0, 1.5, 1.5))  # fmt: skip
    yield Block("heading", _("Ménages"))
    yield Block("list", rows=[
        [_("Ménages hébergés : %(n)s") % {"n": board.total(EntryKind.LODGING, "households")}],
        [_("Ménages informés : %(n)s") % {"n": board.total(EntryKind.INFORMED, "households")}],
    ])  # fmt: skip
    yield from _log(board)
    yield from _review(board)


def _log(board: Board) -> Iterator[Block]:
    yield Block("heading", _("Journal"))
    yield Block("table", _("Journal"), [
        [_("Ligne"), _("Quand"), _("Quoi"), _("Par")],
        *(
            [str(row.number), moment(row.at), f"{row.get_kind_display()}\u00a0: {entry_text(row)}", row.author_label]
            for row in board.entries
        ),
    ], (0.5, 1.3, 4.0, 1.6))  # fmt: skip
    if board.broken is None:
        yield Block("text", _("Journal intact : %(n)s lignes enchaînées.") % {"n": len(board.entries)})
    else:
        yield Block("text", _("La ligne %(n)s n’est plus telle qu’écrite.") % {"n": board.broken})
    yield Block("text", _("Empreinte SHA-256 de la dernière ligne : %(digest)s") % {"digest": board.cell.log_head})


def _review(board: Board) -> Iterator[Block]:
    if board.review is None:
        return
    yield Block("heading", _("Retour sur l’action"))
    yield Block("text", _("Ce qui a bien été : %(text)s") % {"text": board.review.well})
    yield Block("text", _("Ce qu’il faut changer : %(text)s") % {"text": board.review.change})
    after = [task for task in board.tasks if task.after]
    if after:
        yield Block("table", _("Actions décidées"), [
            [_("Action"), _("Par"), _("D’ici")],
            *([task.title, str(task.owner or "–"), moment(task.due_at) if task.due_at else "–"] for task in after),
        ], (3.0, 1.5, 1.2))  # fmt: skip


def subtitle_of(board: Board) -> str:
    cell = board.cell
    at = timezone.localtime(cell.activated_at)
    return _("%(place)s. Activée %(day)s à %(hour)s par %(who)s.") % {
        "place": cell.title, "day": date_long(at.date()), "hour": time_of_day(at), "who": cell.activated_label,
    }  # fmt: skip
