"""People of the démarche that one may choose: whoever takes part, sits or was a candidate."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from concertoit.ground.identity.models import Person
from concertoit.ground.identity.queries import mentioned_in
from concertoit.ground.spaces.policies import Viewer


def known(viewer: Viewer) -> QuerySet[Person]:
    """People that any row of the démarche names, by name."""
    named = Q(pk__in=[])
    for ids in mentioned_in(viewer.space.pk, Person):
        named |= Q(pk__in=ids)
    return Person.objects.filter(named, merged_into=None).order_by("family_name", "given_name", "pk")
