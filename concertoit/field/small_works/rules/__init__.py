"""Rules of small works: who is admitted, who can help, what may leave for research."""

from concertoit.field.small_works.rules.admission import Admission, Asked, Limits, admission
from concertoit.field.small_works.rules.anonymity import Release, release
from concertoit.field.small_works.rules.matching import Candidate, Match, Need, matches

__all__ = [
    "Admission",
    "Asked",
    "Candidate",
    "Limits",
    "Match",
    "Need",
    "Release",
    "admission",
    "matches",
    "release",
]
