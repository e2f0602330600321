"""Papers of an election: minutes to sign, codes to hand out, ballots to pour into the box; committees as CSV."""

from concertoit.field.participation.exports.committees import committees_csv
from concertoit.field.participation.exports.minutes import Block, minutes_docx, minutes_pdf
from concertoit.field.participation.exports.papers import codes_docx, slips_docx

__all__ = ["Block", "codes_docx", "committees_csv", "minutes_docx", "minutes_pdf", "slips_docx"]
