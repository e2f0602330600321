"""Who may read a file, or add one: whoever may read, or write, the object it hangs on. Each room says it for its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from concertoit.ground.core.errors import NotAllowed, NotVisible

May = Callable[[Any, str], bool]


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of object that files hang on."""

    can_read: May
    can_write: May
    space_of: Callable[[str], int | None]
    private: bool = False


_holders: dict[str, Holder] = {}


def _no_space(object_id: str) -> int | None:
    return None


def register(
    object_type: str, *, can_read: May, can_write: May, space_of: Callable[[str], int | None] = _no_space,
    private: bool = False,
) -> None:  # fmt: skip
    """Let files hang on the objects of a room.

    ``can_read(user, object_id)`` may be asked for a visitor; ``space_of(object_id)`` is the démarche the file belongs to.
    Both must answer for an id that does not exist (nobody may). ``private``: these files are about somebody's home, and
    people name a scan after whom it is about: the journal does not repeat it.
    """
    _holders[object_type] = Holder(can_read, can_write, space_of, private)


def can_read(user: Any, object_type: str, object_id: str) -> bool:
    """Whether a person, or a visitor, may read the files of an object. An unknown kind of object: nobody."""
    holder = _holders.get(object_type)
    return holder is not None and holder.can_read(user, object_id)


def can_write(user: Any, object_type: str, object_id: str) -> bool:
    """Whether a person may add files to an object and retire them."""
    holder = _holders.get(object_type)
    return holder is not None and holder.can_write(user, object_id)


def must_write(user: Any, object_type: str, object_id: str) -> None:
    """Raise ``NotVisible`` for a stranger, ``NotAllowed`` for a reader."""
    if can_write(user, object_type, object_id):
        return
    raise NotAllowed("") if can_read(user, object_type, object_id) else NotVisible("")


def space_of(object_type: str, object_id: str) -> int | None:
    """The démarche to which the files of an object belong."""
    return _holders[object_type].space_of(object_id)


def is_private(object_type: str) -> bool:
    """Whether the names of an object's files stay with the object."""
    holder = _holders.get(object_type)
    return holder is not None and holder.private
