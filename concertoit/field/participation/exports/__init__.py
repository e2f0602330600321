"""Papers of an election: codes to hand out, ballots to pour into the box; committees as CSV."""

from concertoit.field.participation.exports.committees import committees_csv
from concertoit.field.participation.exports.papers import codes_docx, slips_docx

__all__ = ["codes_docx", "committees_csv", "slips_docx"]
