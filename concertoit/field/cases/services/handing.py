"""Giving a person what is kept of them: who gave it, having checked how, is written down (X2)."""

from __future__ import annotations

from django.db import transaction

from concertoit.field.cases.enums.intake import LookReason
from concertoit.field.cases.models import Household
from concertoit.field.cases.queries.people import look_at
from concertoit.field.cases.services.people import journal, must_follow
from concertoit.ground.spaces.policies import Viewer


@transaction.atomic
def hand_over(*, viewer: Viewer, household: Household, checked: str) -> None:
    """Note that a person's data was given to them. ``checked``: how their identity was checked.

    Raises ``NotAllowed`` for who does not lead the team.
    """
    viewer.must("cases.lead")
    must_follow(viewer, household)
    look_at(viewer=viewer, household=household, why=LookReason.REQUEST)
    journal(viewer.user, "cases.data_exported", household, after={"checked": checked})
