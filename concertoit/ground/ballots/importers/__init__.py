"""Ballot files of the world, read as elections: Pabulib, Belenios, BLT, PrefLib, CSV, JSON. ``read`` tells them apart."""

from .formats import EXTENSIONS, read
from .source import BallotFileError

__all__ = ["EXTENSIONS", "BallotFileError", "read"]
