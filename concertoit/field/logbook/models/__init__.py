"""The logbook of community support: lists, sites, teams, entries, referrals."""

from concertoit.field.logbook.models.figures import FiguresReport, Tally, TallyPeriod
from concertoit.field.logbook.models.imports import EntryImport
from concertoit.field.logbook.models.referral import Referral, ReferralHandover, ReferralMove
from concertoit.field.logbook.models.taxonomy import Edition, Term, TermMapping
from concertoit.field.logbook.models.work import Entry, Site, Team, TeamSeat, Worker

__all__ = [
    "Edition",
    "Entry",
    "EntryImport",
    "FiguresReport",
    "Referral",
    "ReferralHandover",
    "ReferralMove",
    "Site",
    "Tally",
    "TallyPeriod",
    "Team",
    "TeamSeat",
    "Term",
    "TermMapping",
    "Worker",
]
