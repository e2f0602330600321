"""Sentences of the journal about the logbook: days, buildings and lists, never a person met."""

from concertoit.field.logbook.verbs import referrals, statistics

SENTENCES: dict[str, object] = {**referrals.SENTENCES, **statistics.SENTENCES}
