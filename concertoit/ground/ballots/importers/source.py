"""What every reader of ballot files shares: the text, the errors with their line, exact numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.ties import Number
from concertoit.ground.core.errors import DomainError

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)(e[+-]?\d{1,3})?|[+-]?\d+/[1-9]\d*", re.IGNORECASE)


class BallotFileError(DomainError):
    """The file cannot be counted as it is; the sentence says where and why. ``line`` is 0 when it is the whole file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(_("Ligne %(line)s : %(message)s") % {"line": line, "message": message} if line else message)
        self.line = line


def decoded(data: bytes) -> str:
    """The text of a file, in UTF-8 or else in the habit of older spreadsheets, without its byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def number(text: str, line: int, what: str) -> Number:
    """An exact number, as an integer where it is one. Raises ``BallotFileError``; ``what`` names the figure."""
    written = text.strip()
    if not _NUMBER.fullmatch(written):
        raise BallotFileError(
            _("« %(text)s » n’est pas un nombre (%(what)s).") % {"text": written, "what": what}, line
        )
    exact = Fraction(written.replace(",", "."))
    return int(exact) if exact.denominator == 1 else exact


def positive(text: str, line: int, what: str) -> Number:
    """An exact number of zero or more."""
    found = number(text, line, what)
    if found < 0:
        raise BallotFileError(_("« %(text)s » est négatif (%(what)s).") % {"text": text.strip(), "what": what}, line)
    return found


def weight_of(text: str, line: int) -> Number:
    """The weight of a ballot: more than zero, 1 where nothing is written."""
    found = positive(text, line, _("poids du bulletin")) if text.strip() else 1
    if not found:
        raise BallotFileError(_("Un bulletin pèse plus que zéro."), line)
    return found
