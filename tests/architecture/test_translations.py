"""Every sentence of the interface has its English; the catalogues hold what the sources say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_message_has_an_english_translation(messages: ModuleType) -> None:
    """Run ``make messages``, translate ``concertoit/locale/en/LC_MESSAGES/django.po``, remove ``fuzzy`` marks."""
    assert messages.missing(messages.english(messages.extract())) == []
