"""Background work of the room of cases: one module per part, each imported here so that its jobs are known."""

from concertoit.field.cases.tasks import complexity as complexity
from concertoit.field.cases.tasks import lists as lists
from concertoit.field.cases.tasks import work as work
