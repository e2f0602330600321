"""Services of the directory as HSDS rows: for pages, files out, the web interface, and to say what an import changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from concertoit.field.directory.models import Attribute, Part, Provider, Service, TaxonomyTerm
from concertoit.field.directory.rules.checking import checked
from concertoit.field.directory.rules.hsds import Bundle, Row, empty
from concertoit.ground.spaces.models import Space

PROVIDER_COLUMNS = ("name", "alternate_name", "description", "description_en", "email", "website")
SERVICE_COLUMNS = (
    "name", "name_en", "alternate_name", "description", "description_en", "url", "email", "status",
    "application_process", "application_process_en", "eligibility_description", "eligibility_description_en",
    "minimum_age", "maximum_age", "fees_description", "wait_time", "alert", "alert_en", "assurer_email",
)  # fmt: skip


def shown(space: Space) -> QuerySet[Service]:
    """The services that a démarche shows, also those that are retired."""
    rows = Service.objects.filter(listings__space=space).select_related("organisation", "provider", "replaced_by")
    return rows.order_by("name", "pk")


def public_services() -> QuerySet[Service]:
    """What everybody may read: public, offered, shown by a démarche that is not archived. No viewer is asked for."""
    rows = Service.objects.filter(is_public=True, retired_at=None, listings__space__archived_at=None).distinct()
    return rows.select_related("organisation", "provider")


def plain_number(value: float | None) -> int | float | None:
    """``12.0`` is 12 in a file."""
    return int(value) if value is not None and value == int(value) else value


def provider_row(provider: Provider) -> Row:
    """An organisation as the standard writes it; its description is required there, so its name stands for none."""
    row: Row = {"id": str(provider.uid), **provider.extra}
    row |= {name: getattr(provider, name) for name in PROVIDER_COLUMNS if getattr(provider, name)}
    row.setdefault("description", provider.name)
    return row


def service_row(service: Service, *, modified: bool = False) -> Row:
    """A service as the standard writes it. ``modified``: with the moment of its last change."""
    row: Row = {"id": str(service.uid), "organization_id": str(service.provider.uid), **service.extra}
    for name in SERVICE_COLUMNS:
        value = getattr(service, name)
        if value not in ("", None):
            row[name] = plain_number(value) if isinstance(value, float) else value
    if service.confirmed_on:
        row["assured_date"] = service.confirmed_on.isoformat()
    if service.open_on_holidays:
        row["open_on_holidays"] = True
    if modified:
        row["last_modified"] = service.updated_at.isoformat()
    return row


def term_row(term: TaxonomyTerm) -> Row:
    row: Row = {"id": str(term.uid), "name": term.name, "description": term.name, **term.data}
    row |= {name: getattr(term, name) for name in ("code", "name_en") if getattr(term, name)}
    if term.taxonomy:
        row["taxonomy_id"] = str(term.taxonomy.uid)
    return row


def bundle_of(services: Iterable[Service], *, modified: bool = False) -> Bundle:
    """Everything that hangs on these services and their organisations, in three queries; nothing of their other
    services. Services come with their ``provider``."""
    rows, bundle = list(services), empty()
    for service in rows:
        bundle["service"][str(service.uid)] = service_row(service, modified=modified)
        bundle["organization"][str(service.provider.uid)] = provider_row(service.provider)
    owners = {service.provider_id for service in rows}
    for part in Part.objects.filter(provider_id__in=owners).order_by("pk"):
        bundle[part.kind][str(part.uid)] = {"id": str(part.uid), **part.data}
    places = bundle["service_at_location"]
    for key in [key for key, row in places.items() if row.get("service_id") not in bundle["service"]]:
        del places[key]
    attributes = Attribute.objects.filter(provider_id__in=owners).select_related("term__taxonomy")
    for one in attributes.order_by("pk"):
        row = {"id": str(one.uid), **one.data}
        if one.term:
            bundle["taxonomy_term"][str(one.term.uid)] = term_row(one.term)
            row["taxonomy_term_id"] = str(one.term.uid)
            if one.term.taxonomy:
                bundle["taxonomy"][str(one.term.taxonomy.uid)] = {
                    "id": str(one.term.taxonomy.uid), **one.term.taxonomy.data,
                }  # fmt: skip
        bundle["attribute"][str(one.uid)] = row
    checked(bundle)
    return bundle
