"""What deciding together tells people: one module per part, each with its ``declare()``."""
