"""Finds the shared data that stays out of the repository; tests that need it skip where it is absent, and say so."""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("CONCERTOIT_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))


def shared(path: str) -> Path:
    """Path of a shared file, or skip the test."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"shared data absent: {path}")
    return found
