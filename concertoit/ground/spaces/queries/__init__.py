"""Reads of démarches; each takes a user, a viewer or a space."""

from concertoit.ground.spaces.queries.bodies import bodies_of, committees_of, similar_committees
from concertoit.ground.spaces.queries.journeys import (
    Journey,
    JourneyStep,
    register_journey,
    steps_of,
    steps_taken,
)
from concertoit.ground.spaces.queries.people import (
    Filters,
    invitations_of,
    organisation_of,
    organisations_by_mrc,
    organisations_of,
    participations,
    people_of,
    person_of,
    with_account,
)
from concertoit.ground.spaces.queries.viewers import spaces_of, viewer_among, viewer_for, viewer_in, viewers_of

__all__ = [
    "Filters",
    "Journey",
    "JourneyStep",
    "bodies_of",
    "committees_of",
    "invitations_of",
    "organisation_of",
    "organisations_by_mrc",
    "organisations_of",
    "participations",
    "people_of",
    "person_of",
    "register_journey",
    "similar_committees",
    "spaces_of",
    "steps_of",
    "steps_taken",
    "viewer_among",
    "viewer_for",
    "viewer_in",
    "viewers_of",
    "with_account",
]
