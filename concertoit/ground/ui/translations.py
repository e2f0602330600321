"""Catalogues of messages: French is the source, English the translation; compiled here, without gettext's programs.

A fresh machine may not have ``msgfmt``; Babel writes the same files. The French catalogue only holds plurals: gettext's
own rule for a language without catalogue is English (« 0 étapes »), French is plural from two.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Write the ``.mo`` of each ``.po`` that is newer than it; answers those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalogue = read_po(po)
        with target.open("wb") as mo:
            write_mo(mo, catalogue)
        written.append(target)
    return written
