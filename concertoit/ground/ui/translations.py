"""Catalogues of messages: French is the source, English the translation; compiled here, without gettext's programs.

A fresh machine may not have ``msgfmt``; Babel writes the same files. The French catalogue only holds plurals: gettext's
own rule for a language without catalogue is English (« 0 étapes »), French is plural from two.
"""

import logging
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils.translation.reloader import translation_file_changed

LOCALE = Path(__file__).resolve().parents[2] / "locale"
logger = logging.getLogger(__name__)


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Write the ``.mo`` of each ``.po`` that is newer than it; answers those written.

    Raises ``OSError`` where the folder cannot be written.
    """
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return [source.with_suffix(".mo") for source in stale]


def compile_at_start() -> None:
    """Bring the catalogues up to date when the house wakes up: two dates to read when there is nothing to do."""
    try:
        for written in compile_catalogues():
            translation_file_changed(None, written)  # another room may have read the old ones while waking up
    except OSError as error:  # installed where it may not write: pages stay French
        logger.warning("translations not compiled: %s", error)


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    # Imported here: a start with nothing to compile does not pay for Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as po:
        catalogue = read_po(po)
    with NamedTemporaryFile(dir=source.parent, suffix=".tmp", delete=False) as mo:
        write_mo(mo, catalogue)
    # Several processes may start at once: each puts a whole file in place.
    os.chmod(mo.name, 0o644)
    os.replace(mo.name, source.with_suffix(".mo"))
