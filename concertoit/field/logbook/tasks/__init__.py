"""Background work of the logbook: one module per part, each imported here so that its jobs are known."""

from concertoit.field.logbook.tasks import referrals as referrals
from concertoit.field.logbook.tasks import statistics as statistics
