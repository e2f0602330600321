"""What is printed and cut out: a slip with a code for each elector, online ballots to pour into the paper box."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from concertoit.ground.core.word import Cell, Para, Run, TableSpec, WordDocument


def codes_docx(title: str, address: str, codes: Sequence[tuple[int, str, str, str]]) -> bytes:
    """Slips to cut out: number, name, dwelling, code, and the address where one types it.

    The codes are in this document and nowhere else.
    """
    document = WordDocument(title, footer=title, landscape=False)
    document.heading(title, 0)
    document.paragraph(
        _(
            "Un carton par personne, à découper et à remettre en main propre ou sous enveloppe. Ces codes ne sont gardés "
            "nulle part : détruisez ce document après la remise."
        )
    )
    rows = [
        [Cell((Para((Run(f"{number}. {name}", bold=True),)), Para((Run(dwelling),)))),
         Cell((Para((Run(code, bold=True),)), Para((Run(address),))))]
        for number, name, dwelling, code in codes
    ]  # fmt: skip
    header = [[_("Pour"), _("Code de vote, valable une seule fois")]]
    document.table(TableSpec([1.0, 1.2], header, title, keep_rows=True, rows=rows))
    return document.to_bytes()


def slips_docx(title: str, ballots: Sequence[Sequence[str]]) -> bytes:
    """Online ballots on paper, in no order: cut out, folded and poured into the box before it is opened."""
    document = WordDocument(title, footer=title, landscape=False)
    document.heading(title, 0)
    document.paragraph(
        _(
            "À découper, plier et verser dans l’urne devant les scrutateurs, avant de l’ouvrir. Le compte porte sur "
            "l’ensemble des bulletins."
        )
    )
    rows = [[", ".join(ballot) or _("Bulletin blanc")] for ballot in ballots]
    document.table(TableSpec([1.0], [[_("Bulletin")]], title, keep_rows=True, rows=rows))
    return document.to_bytes()
