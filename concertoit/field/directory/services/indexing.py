"""What of the directory can be searched: the services that each démarche shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.field.directory.models import Listing, Service
from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove

KIND = "directory.service"


def declare() -> None:
    """Say what can be found."""
    register(Searchable(KIND, _("Service du répertoire"), "journal-bookmark", docs, verb="directory.view"))


def docs(service_ids: Iterable[int] | None = None) -> Iterator[Doc]:
    """All the services shown, or these; those that are retired are not found."""
    rows = Listing.objects.filter(service__retired_at=None).select_related("space", "service__organisation")
    if service_ids is not None:
        rows = rows.filter(service_id__in=list(service_ids))
    for one in rows.order_by("pk"):
        service = one.service
        url = reverse("directory:service", kwargs={"slug": one.space.slug, "service_id": service.pk})
        body = "\n".join([str(service.organisation), service.description, service.name_en, service.description_en])
        yield Doc(f"{one.space_id}-{service.pk}", service.name, url, body, one.space_id)


def changed(service: Service) -> None:
    """Keep a service as it is now, where it is shown."""
    changed_many([service])


def changed_many(services: Iterable[Service]) -> None:
    """Keep services as they are now, where they are shown; four statements whatever their number."""
    ids = [service.pk for service in services]
    found = list(docs(ids))
    kept = {str(doc.object_id) for doc in found}
    shown = Listing.objects.filter(service_id__in=ids).order_by("pk").values_list("space_id", "service_id")
    remove(kind=KIND, object_ids=[key for space, pk in shown if (key := f"{space}-{pk}") not in kept])
    index_many(kind=KIND, docs=found)


def hidden(service: Service, space_id: int) -> None:
    """Forget a service in a démarche that shows it no more."""
    remove(kind=KIND, object_ids=[f"{space_id}-{service.pk}"])
