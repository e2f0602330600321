"""Where the objects that the journal speaks of have their page, in the démarche where they last changed."""

from django.urls import reverse

from concertoit.ground.audit.queries import history
from concertoit.ground.spaces.models import Space

# View and the name of its argument; no argument where the object stands in a list.
PAGES = {
    "spaces.space": ("spaces:home", ""),
    "spaces.governingbody": ("spaces:body", "body_id"),
    "spaces.committee": ("spaces:committee", "committee_id"),
    "spaces.bodymembership": ("spaces:bodies", ""),
    "spaces.membership": ("spaces:people", ""),
    "spaces.invitation": ("spaces:invitations", ""),
    "spaces.crosscuttingpriority": ("spaces:priorities", ""),
    "identity.organisation": ("spaces:organisation", "organisation_id"),
    "identity.person": ("spaces:person", "person_id"),
}


def page_of(code: str, object_id: str) -> str:
    """Address of the object's page; the list of démarches when the object's own is gone."""
    latest = history(code, object_id).exclude(space_id=None).first()
    space = Space.objects.filter(pk=latest.space_id).first() if latest and latest.space_id else None
    if space is None:
        return reverse("spaces:list")
    view, argument = PAGES[code]
    return reverse(view, kwargs={"slug": space.slug, **({argument: object_id} if argument else {})})
