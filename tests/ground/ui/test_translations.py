"""Catalogues are compiled without gettext's programs, and only when they changed."""

from gettext import GNUTranslations
from pathlib import Path

import pytest

from concertoit.ground.ui import translations
from concertoit.ground.ui.translations import compile_catalogues

PO = """msgid ""
msgstr ""
"Language: fr_CA\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Plan"
msgstr "Plan (en)"

msgid "%(n)s étape"
msgid_plural "%(n)s étapes"
msgstr[0] "%(n)s étape"
msgstr[1] "%(n)s étapes"
"""


def test_compiled_once_with_the_french_plural(tmp_path: Path) -> None:
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    written = compile_catalogues(tmp_path)
    assert written == [folder / "django.mo"]
    with written[0].open("rb") as source:
        catalogue = GNUTranslations(source)
    assert catalogue.gettext("Plan") == "Plan (en)"
    assert [catalogue.ngettext("%(n)s étape", "%(n)s étapes", n)[-1] for n in (0, 1, 2)] == ["e", "e", "s"]
    assert compile_catalogues(tmp_path) == []


def test_a_folder_one_may_not_write_does_not_stop_the_house(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> list[Path]:
        raise PermissionError("read-only")

    monkeypatch.setattr(translations, "compile_catalogues", refuse)
    translations.compile_at_start()
    assert "read-only" in caplog.text
