"""What the room of cases keeps about people, why, and until when; one module for each part."""

from concertoit.field.cases.privacy import cell, grid, intake, support, work

__all__ = ["cell", "grid", "intake", "support", "work"]
