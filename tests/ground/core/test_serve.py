"""``concertoit serve`` prepares the data and hands over to the production server."""

from __future__ import annotations

import os

import pytest
from django.core.management import call_command

from concertoit.ground.core.management.commands import serve


def test_it_prepares_then_becomes_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(serve, "call_command", lambda name, **options: done.append(name))
    monkeypatch.setattr(serve, "start_beside", lambda: done.append("work"))
    monkeypatch.setattr(os, "execv", lambda path, line: done.append(line))
    call_command("serve", port=8123, host="0.0.0.0", workers=3)  # noqa: S104 - only its spelling is tested
    assert done[:3] == ["migrate", "collectstatic", "work"]
    line = done[3]
    assert isinstance(line, list)
    assert {"--interface=wsgi", "--blocking-threads=1", "--workers=3", "--port=8123", "--host=0.0.0.0"} <= set(line)
    assert line[-1] == "concertoit.config.wsgi:application"


def test_background_work_may_be_done_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(serve, "call_command", lambda name, **options: done.append(name))
    monkeypatch.setattr(serve, "start_beside", lambda: done.append("work"))
    monkeypatch.setattr(os, "execv", lambda path, line: done.append(line))
    call_command("serve", no_worker=True)
    assert "work" not in done
