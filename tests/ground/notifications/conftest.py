"""Kinds of notice of these tests only."""

import pytest

from concertoit.ground.notifications import verbs
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.verbs import Kind


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "_kinds", {})
    verbs.register(Kind("test.mention", "On vous mentionne", "Dans un commentaire."))
    verbs.register(Kind("test.news", "Du nouveau", "Dans vos démarches.", email=Email.DIGEST))
