"""A ballot comes in: the register is struck off and the box is stirred, in one transaction.

What the next reader of the database must not be able to tell is which ballot came in with which strike. Two rows written
in one transaction would tell it: PostgreSQL keeps the number of the transaction beside each row (``xmin``) and SQLite
numbers rows in the order in which they came (``rowid``). So each ballot that comes in takes everything out of the box,
and writes it all again in a random order under new random ids: every ballot of the box then has the transaction, and the
place in the file, of the last one.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from concertoit.ground.ballots.enums import BoxState, Channel, ElectorState
from concertoit.ground.ballots.models import Ballot, Box, Elector
from concertoit.ground.core.errors import DomainError, NotVisible

# Without 0, O, 1 and I: a code is read on paper and typed on a phone. 12 letters of 32: sixty bits.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4
_random = secrets.SystemRandom()


def new_code() -> str:
    """A voting code as it is printed: ``K7PM-2XQ9-T4VD``."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    return "-".join(letters[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """What the register keeps of a code, whatever its spaces and case; useless without the installation's key."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return salted_hmac("ballots.code", plain, algorithm="sha256").hexdigest()


@transaction.atomic
def cast(*, code: str, choices: Iterable[str]) -> None:
    """Put a ballot in the box, once. Answers nothing and writes nothing to the journal.

    Raises ``NotVisible`` for a code that is none of ours, ``DomainError`` when the vote is not open, when the elector
    voted already (also by another channel), or for too many choices.
    """
    digest = digest_of(code)
    mine = Elector.objects.filter(code_digest=digest).values("box_id")
    box = Box.objects.select_for_update().filter(pk__in=mine).first()
    elector = Elector.objects.select_for_update().filter(code_digest=digest).first()
    if box is None or elector is None:
        raise NotVisible("")
    if box.state != BoxState.OPEN or not box.online:
        raise DomainError(_("Ce scrutin n’est pas ouvert."))
    if elector.state != ElectorState.LISTED:
        raise DomainError(_("Votre vote est déjà dans l’urne."))
    ballot = checked(box, choices)
    elector.state, elector.channel = ElectorState.VOTED, Channel.ONLINE
    elector.save(update_fields=["state", "channel"])
    mix(box, [*box.ballots.order_by("pk").values_list("choices", flat=True), ballot])


def checked(box: Box, choices: Iterable[str]) -> list[str]:
    """A valid ballot, in the order of the options (the order of the marks could be a signature). Empty is blank."""
    marked, keys = set(choices), [option["key"] for option in box.options]
    if not marked <= set(keys):
        raise DomainError(_("Ce choix n’est pas sur le bulletin."))
    if len(marked) > box.max_choices:
        raise DomainError(_("Le bulletin porte trop de choix : au plus %(max)s.") % {"max": box.max_choices})
    return [key for key in keys if key in marked]


def mix(box: Box, ballots: list[list[str]]) -> None:
    """Write all the ballots of a box again, shuffled, under new ids. Called in a transaction that holds the box."""
    _random.shuffle(ballots)
    Ballot.objects.filter(box=box).delete()
    Ballot.objects.bulk_create(
        [Ballot(id=uuid.uuid4(), box=box, choices=choices) for choices in ballots], batch_size=500
    )
