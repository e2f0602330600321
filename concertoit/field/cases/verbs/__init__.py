"""Sentences of the journal about cases: numbers and places, never a name of a household."""

from concertoit.field.cases.verbs import case, cell, complexity, grid, intake, support, work

PARTS = (case, cell, complexity, grid, intake, support, work)
SENTENCES = {verb: sentence for part in PARTS for verb, sentence in part.SENTENCES.items()}
