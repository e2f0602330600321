"""Secrets of personal links: an address that lets one person answer without an account.

A secret is made again from the installation's key whenever it must be sent; the table holds a digest only, so that a
copy of the database opens nothing.
"""

import hashlib
from datetime import datetime
from typing import Protocol

from django.utils.crypto import salted_hmac


class Kept(Protocol):
    """A saved row that a link is about."""

    @property
    def pk(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...


def token_of(purpose: str, row: Kept, *parts: str) -> str:
    """The secret of a row's link. ``purpose`` is ``room.what``; ``parts`` are what makes the link void when changed."""
    seed = ":".join([str(row.pk), row.created_at.isoformat(), *parts])
    return salted_hmac(purpose, seed, algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """What the table keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
