"""Sentences of the journal about cases: numbers and places, never a name of a household."""

from concertoit.field.cases.verbs import case

SENTENCES = {**case.SENTENCES}
