"""What the logbook keeps about people, why, and until when: one module per part, each imported here."""

from concertoit.field.logbook.privacy import imports as imports
from concertoit.field.logbook.privacy import logbook as logbook
from concertoit.field.logbook.privacy import referrals as referrals
