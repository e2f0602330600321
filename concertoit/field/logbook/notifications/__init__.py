"""What the logbook tells people: one module per part, each with its ``declare()``."""
