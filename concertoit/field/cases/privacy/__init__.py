"""What the room of cases keeps about people, why, and until when; one module for each part."""

from concertoit.field.cases.privacy import intake, support

__all__ = ["intake", "support"]
