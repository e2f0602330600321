"""Which reader understands a file: by what it holds first, then by the end of its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _

from concertoit.ground.ballots.rules.election import Election, Kind

from . import belenios, blt, pabulib, plain, preflib, table
from .source import BallotFileError, decoded

Reader = Callable[[str], Election]

EXTENSIONS: dict[str, Reader] = {
    ".pb": pabulib.read,
    ".blt": blt.read,
    ".soc": preflib.read,
    ".soi": preflib.read,
    ".toc": preflib.read,
    ".toi": preflib.read,
    ".cat": preflib.read,
    ".json": plain.read,
    ".jsons": belenios.read,
    ".csv": table.read,
    ".tsv": table.read,
    ".txt": table.read,
}

_SIGNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"\s*META\s*;*\s*\n", re.IGNORECASE), pabulib.read),
    (re.compile(r"\s*\[\s*\["), belenios.read),
    (re.compile(r"\s*\{"), plain.read),
    (re.compile(r"# (FILE NAME|TITLE|NUMBER ALTERNATIVES|DATA TYPE|ALTERNATIVE NAME)", re.IGNORECASE), preflib.read),
    (re.compile(r"(\s*#.*\n)*\s*\d+[ \t]+\d+[ \t]*(#.*)?\r?\n(.*\n)*?\s*0\s*(#.*)?\r?$", re.MULTILINE), blt.read),
)


def read(data: bytes, name: str, *, kind: Kind | None = None, grades: Sequence[str] = ()) -> Election:
    """An election from the content of a file. Raises ``BallotFileError`` with a sentence and, where it can, a line.

    ``kind`` and ``grades`` say what a table does not.
    """
    text = decoded(data)
    if not text.strip():
        raise BallotFileError(_("Le fichier est vide."))
    reader = next((reader for sign, reader in _SIGNS if sign.match(text)), None)
    reader = reader or EXTENSIONS.get(PurePath(name).suffix.lower(), table.read)
    return table.read(text, kind, grades) if reader is table.read else reader(text)
