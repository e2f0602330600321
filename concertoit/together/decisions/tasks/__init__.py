"""Background work of deciding together: one module per part, each imported here so that its jobs are known."""

from concertoit.together.decisions.tasks import consent as consent
from concertoit.together.decisions.tasks import prioritisation as prioritisation
