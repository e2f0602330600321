"""What is kept about people, why and until when: rooms declare it, a page shows it, a test refuses what is not declared.

Each room has a ``privacy.py`` (found by itself) that calls ``register_purpose``, ``register_field`` and
``register_remover``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.privacy.enums import Basis, Gone


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why something is kept. ``months``: how long after ``since`` (0: ``since`` says it all, « la durée de… »).

    ``source``: the law, programme or decision that says so.
    """

    code: str
    label: Any
    basis: Basis
    months: int
    since: Any
    source: Any = ""


@dataclass(frozen=True, slots=True)
class PersonalField:
    """A field of a model that says something about a person."""

    model: str
    field: str
    purpose: str
    label: Any = ""


@dataclass(frozen=True, slots=True)
class Remover:
    """How to destroy, or make anonymous, what has been kept long enough.

    ``due(today)`` gives the ids; ``remove(ids)`` is called in a transaction, and twice changes nothing.
    """

    code: str
    label: Any
    purpose: str
    gone: Gone
    due: Callable[[date], Iterable[int]]
    remove: Callable[[list[int]], object]


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a room keeps of a person for a purpose that rests on their consent, and how it forgets it.

    ``held(person_id)`` says whether there is something; ``forget(actor, person_id)`` destroys it, in the transaction of
    the withdrawal, and twice changes nothing.
    """

    purpose: str
    held: Callable[[int], bool]
    forget: Callable[[Any, int], object]


_purposes: dict[str, Purpose] = {}
_keepers: dict[str, Keeper] = {}
_fields: dict[tuple[str, str], PersonalField] = {}
_removers: dict[str, Remover] = {}


def register_purpose(purpose: Purpose) -> None:
    """Declare a purpose; the same code for two purposes is a programming error."""
    if _purposes.setdefault(purpose.code, purpose) != purpose:
        raise ValueError(f"purpose declared twice: {purpose.code}")


def register_field(model: str, *fields: str, purpose: str, label: Any = "") -> None:
    """Declare personal fields of a model (``"identity.person"``). Raises ``LookupError`` for an unknown purpose.

    ``label`` says what it is where the field's own name says it badly.
    """
    if purpose not in _purposes:
        raise LookupError(f"unknown purpose: {purpose}")
    for field in fields:
        _fields[model, field] = PersonalField(model, field, purpose, label)


def register_remover(remover: Remover) -> None:
    """Declare how data is removed. Raises ``LookupError`` for an unknown purpose, ``ValueError`` for a second one."""
    if remover.purpose not in _purposes:
        raise LookupError(f"unknown purpose: {remover.purpose}")
    if _removers.setdefault(remover.code, remover) != remover:
        raise ValueError(f"remover declared twice: {remover.code}")


def register_keeper(keeper: Keeper) -> None:
    """Declare what a withdrawn consent destroys. Raises ``LookupError`` for a purpose that is not one of consent."""
    known = _purposes.get(keeper.purpose)
    if known is None or known.basis is not Basis.CONSENT:
        raise LookupError(f"not a purpose of consent: {keeper.purpose}")
    _keepers[keeper.purpose] = keeper


def keeper_of(purpose: str) -> Keeper | None:
    return _keepers.get(purpose)


def consent_purposes() -> list[Purpose]:
    """The purposes that rest on the person's consent, by code."""
    return [_purposes[code] for code in sorted(_purposes) if _purposes[code].basis is Basis.CONSENT]


def purpose_of(code: str) -> Purpose:
    """Raises ``LookupError`` for a purpose that nobody declared."""
    return _purposes[code]


def personal_fields() -> list[PersonalField]:
    """All declared fields, by model."""
    return [_fields[key] for key in sorted(_fields)]


def removers() -> list[Remover]:
    """All removers, by code."""
    return [_removers[code] for code in sorted(_removers)]


def must_administer(user: Any) -> None:
    """Raise ``NotVisible`` unless the user looks after the installation."""
    if not getattr(user, "is_administrator", False):
        raise NotVisible("")
