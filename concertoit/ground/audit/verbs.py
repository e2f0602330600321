"""Sentences of the journal: a code is stored, a French sentence is shown.

Rooms register theirs from ``apps.py``: ``register({"plans.step.done": _("{actor} a terminé {object}")})``. Placeholders
are ``{actor}``, ``{object}`` and ``{note}``.
"""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from django.utils.translation import gettext_lazy as _

PLACEHOLDERS = {"actor", "object", "note"}
UNKNOWN = _("{actor} a agi sur {object}")
_sentences: dict[str, Any] = {}


def register(sentences: Mapping[str, Any]) -> None:
    """Declare the verbs of a room. Raises ``ValueError`` for another sentence under the same code."""
    for code, sentence in sentences.items():
        if str(_sentences.setdefault(code, sentence)) != str(sentence):
            raise ValueError(f"verb declared twice: {code}")


def sentence(code: str) -> str:
    """The sentence of a verb; one that says little for a verb of a room that is gone."""
    return str(_sentences.get(code, UNKNOWN))


def sentences() -> dict[str, Any]:
    """Every verb with its sentence."""
    return dict(_sentences)


def placeholders(text: str) -> set[str]:
    """Names between braces in a sentence."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


register({"audit.restore": _("{actor} a rétabli {object} comme avant le {note}")})
