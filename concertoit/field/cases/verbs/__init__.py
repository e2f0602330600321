"""Sentences of the journal about cases: numbers and places, never a name of a household."""

from concertoit.field.cases.verbs import case, cell, complexity, grid, intake, support

SENTENCES = {**case.SENTENCES, **cell.SENTENCES, **complexity.SENTENCES, **grid.SENTENCES, **intake.SENTENCES, **support.SENTENCES}
