"""``make messages``: gather the interface's French sentences and bring the catalogues up to date.

Sentences come from Python files and Jinja2 templates. English keeps its translations; a sentence that changed becomes
fuzzy until somebody reads it again; one that disappeared is dropped. The French catalogue is
made whole: plurals, and words that a library would translate otherwise.
"""

import re
import sys
import sysconfig
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from concertoit.ground.core.typography import NBSP  # noqa: E402
from concertoit.ground.ui.translations import LOCALE, compile_catalogues  # noqa: E402

METHODS = [("**/templates/**.txt", "jinja2"), ("**/templates/**.html", "jinja2"), ("**.py", "python")]
JINJA = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Concertoit: {language}. French is the source; `make messages` updates this file.\n"


def extract() -> Catalog:
    """Every sentence of the house, with the files that say it."""
    found = Catalog(project="concertoit", fuzzy=False)
    options = {"**/templates/**.html": JINJA, "**/templates/**.txt": JINJA}
    for name, _line, message, comments, context in extract_from_dir(
        ROOT / "concertoit", METHODS, options, KEYWORDS, ("Translators:",), strip_comment_tags=True
    ):
        found.add(message, locations=[(f"concertoit/{name}", None)], auto_comments=comments, context=context)
    return found


def library_words() -> set[str]:
    """What the French catalogues of libraries translate: they would answer for us (« Note » became « Remarque »)."""
    words: set[str] = set()
    for language in ("fr", "fr_CA"):
        for path in Path(sysconfig.get_path("purelib")).glob(f"**/locale/{language}/LC_MESSAGES/django.mo"):
            with path.open("rb") as source:
                words.update(message.id for message in read_mo(source) if isinstance(message.id, str))
    return words


def spaced(text: str) -> str:
    """French typography that sources write with plain spaces: no-break inside « », before a colon, ``$`` and ``%``."""
    return re.sub(r"(?<=«) | (?=[»:$])| (?=%%)", NBSP, text)


def french(template: Catalog) -> Catalog:
    """Plurals under the French rule (plural from two), words that a library's catalogue would change, and sentences
    that need spaces that do not break.
    """
    catalog = Catalog(
        locale="fr_CA", project="concertoit", header_comment=HEADER.format(language="français"), fuzzy=False
    )
    taken = library_words()
    for message in template:
        if not message.id:
            continue
        source = message.id
        written = spaced(source) if isinstance(source, str) else tuple(map(spaced, source))
        if message.pluralizable or message.id in taken or written != message.id:
            catalog.add(message.id, string=written, locations=message.locations, context=message.context)
    return catalog


def english(template: Catalog) -> Catalog:
    """The English catalogue with what was translated already."""
    path = LOCALE / "en" / "LC_MESSAGES" / "django.po"
    if path.exists():
        with path.open("rb") as source:
            catalog = read_po(source, locale="en")
    else:
        catalog = Catalog(locale="en", project="concertoit")
    catalog.header_comment = HEADER.format(language="English")
    catalog.fuzzy = False
    catalog.update(template, no_fuzzy_matching=False, keep_user_comments=True)
    catalog.obsolete.clear()
    return catalog


def save(catalog: Catalog, language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    # The same sources always give the same file: one date, names of files without lines.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("wb") as target:
        write_po(target, catalog, width=119, sort_output=True, include_lineno=False)


def missing(catalog: Catalog) -> list[str]:
    """Sentences without a translation, or with one to read again."""
    texts = []
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(forms)):
            texts.append(message.id if isinstance(message.id, str) else message.id[0])
    return texts


def main(command: str = "update") -> int:
    """``update`` (default) or ``missing``: lists what English still lacks, and fails when there is something."""
    template = extract()
    catalog = english(template)
    if command == "update":
        save(french(template), "fr_CA")
        save(catalog, "en")
        compile_catalogues()
    lacking = missing(catalog)
    print(f"{len(template)} messages, {len(lacking)} without English")
    if command == "missing":
        print("\n".join(lacking))
        return 1 if lacking else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
