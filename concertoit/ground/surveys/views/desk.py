"""What surveys bring to « Ma table »: those that wait for an answer."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.queries.surveys import waiting_for
from concertoit.ground.ui.desk import Brought, Todo

ORDER = 40


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Open surveys without the reader's answer; one query."""
    return Brought(todos=[_todo(one) for one in waiting_for(user, viewers)])


def _todo(survey: Survey) -> Todo:
    until = _("jusqu’au %(day)s") % {"day": date_short(survey.closes_on)} if survey.closes_on else ""
    return Todo(
        title=survey.title,
        href=reverse("surveys:fill", kwargs={"slug": survey.space.slug, "survey_id": survey.pk}),
        action=_("Répondre"),
        note=" · ".join(filter(None, [_("Sondage"), until])),
        icon="ui-radios",
        tone="sky",
        due=survey.closes_on,
        order=ORDER,
        space_id=survey.space_id,
    )
