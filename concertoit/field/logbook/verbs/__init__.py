"""Sentences of the journal about the logbook: days, buildings and lists, never a person met."""

from concertoit.field.logbook.verbs import logbook, referrals, statistics

SENTENCES: dict[str, object] = {**logbook.SENTENCES, **referrals.SENTENCES, **statistics.SENTENCES}
