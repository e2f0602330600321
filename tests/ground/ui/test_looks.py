"""Each code has a word and an icon that exists; every icon a template names is in the sprite."""

import re
from pathlib import Path

import pytest

from concertoit.ground.ui.components import ComponentError, icon_names, known_tone
from concertoit.ground.ui.looks import LOOKS, look_of

PACKAGE = Path(__file__).resolve().parents[3] / "concertoit"


def test_every_look_has_a_tone_an_icon_and_a_word() -> None:
    for kind, looks in LOOKS.items():
        for code, (tone, icon, word) in looks.items():
            assert known_tone(tone)
            assert icon in icon_names(), (kind, code)
            assert str(word) or (kind, code) == ("role", "")


def test_nothing_is_the_empty_code_and_the_unknown_is_refused() -> None:
    assert look_of("meteo", None) == LOOKS["meteo"][""]
    with pytest.raises(ComponentError):
        look_of("phase", "")


def test_the_sprite_holds_the_icons_that_templates_name() -> None:
    """Otherwise the page fails when it is opened: run ``tools/vendor_static.py icons``."""
    named = re.compile(r"\bicon(?:\(|=|\"\s*:\s*)\s*[\"']([a-z0-9-]+)[\"']")
    used = {name for path in PACKAGE.rglob("*.html") for name in named.findall(path.read_text())}
    assert used
    assert used <= icon_names()
