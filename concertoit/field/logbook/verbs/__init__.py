"""Sentences of the journal about the logbook: days, buildings and lists, never a person met."""

SENTENCES: dict[str, object] = {}
