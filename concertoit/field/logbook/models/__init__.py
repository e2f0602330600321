"""The logbook of community support: lists, sites, teams, entries, referrals."""

from concertoit.field.logbook.models.referral import Referral
from concertoit.field.logbook.models.taxonomy import Edition, Term, TermMapping
from concertoit.field.logbook.models.work import Entry, Site, Team, TeamSeat, Worker

__all__ = ["Edition", "Entry", "Referral", "Site", "Team", "TeamSeat", "Term", "TermMapping", "Worker"]
