"""What deciding together keeps about people, why, and until when: one module per part, each imported here."""

from concertoit.together.decisions.privacy import consent as consent
from concertoit.together.decisions.privacy import prioritisation as prioritisation
from concertoit.together.decisions.privacy import workshops as workshops
