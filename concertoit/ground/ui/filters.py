"""Filters of every template."""

from collections.abc import Callable
from typing import Any

from concertoit.ground.ui.text import markdown

FILTERS: dict[str, Callable[..., Any]] = {"markdown": markdown}
