"""Public services, organisations, places and terms, as the web interface of HSDS 3.0 asks for them. No viewer: what is
public is for everybody, and nothing else is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from concertoit.field.directory.models import Attribute, Part, Provider, Service, Taxonomy, TaxonomyTerm
from concertoit.field.directory.queries.bundles import bundle_of, public_services, term_row
from concertoit.field.directory.rules.hsds import Bundle, Row
from concertoit.field.directory.rules.nesting import Nester
from concertoit.ground.identity.rules import fold


class BadQuestion(ValueError):
    """A parameter that cannot be understood. ``str()`` says which."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the standard."""

    search: str = ""
    term: UUID | None = None
    taxonomy: UUID | None = None
    organisation: UUID | None = None
    modified_after: datetime | None = None


def uid_of(written: str, name: str) -> UUID | None:
    """An identifier asked for. Raises ``BadQuestion``."""
    try:
        return UUID(written) if written else None
    except ValueError:
        raise BadQuestion(f"{name} is not a UUID") from None


def moment_of(written: str) -> datetime | None:
    """A moment asked for; without a zone, it is Québec's. Raises ``BadQuestion``."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise BadQuestion("modified_after is not a date-time") from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def services(asked: Asked) -> QuerySet[Service]:
    """Public services that answer the filters, in a stable order."""
    rows = public_services()
    for word in fold(asked.search).split():
        rows = rows.filter(folded__contains=word)
    said = Attribute.objects.filter(service_id=OuterRef("pk"))
    if asked.term:
        rows = rows.filter(Exists(said.filter(term__uid=asked.term)))
    if asked.taxonomy:
        rows = rows.filter(Exists(said.filter(term__taxonomy__uid=asked.taxonomy)))
    if asked.organisation:
        rows = rows.filter(provider__uid=asked.organisation)
    if asked.modified_after:
        rows = rows.filter(updated_at__gte=asked.modified_after)
    return rows.order_by("name", "uid")


def organisations(search: str) -> QuerySet[Provider]:
    """Organisations that offer a public service."""
    rows = Provider.objects.filter(pk__in=public_services().order_by().values("provider_id"))
    return rows.filter(Q(name__icontains=search) | Q(alternate_name__icontains=search)).order_by("name", "uid")


def places(asked: Asked) -> QuerySet[Part]:
    """Public services at their locations."""
    chosen = services(asked).order_by().values("pk")
    rows = Part.objects.filter(kind="service_at_location", service_id__in=chosen)
    return rows.select_related("service__provider").order_by("service__name", "uid")


def taxonomies(search: str) -> QuerySet[Taxonomy]:
    """The lists whose terms are said of a public service."""
    used = terms("", None).order_by().values("taxonomy_id")
    return Taxonomy.objects.filter(pk__in=used, data__name__icontains=search).order_by("uid")


def terms(search: str, taxonomy: UUID | None) -> QuerySet[TaxonomyTerm]:
    """Terms said of a public service."""
    said = Attribute.objects.filter(service_id__in=public_services().order_by().values("pk"))
    rows = TaxonomyTerm.objects.filter(pk__in=said.order_by().values("term_id")).select_related("taxonomy")
    rows = rows.filter(taxonomy__uid=taxonomy) if taxonomy else rows
    return rows.filter(Q(name__icontains=search) | Q(name_en__icontains=search)).order_by("name", "uid")


def bundle(rows: list[Service]) -> Bundle:
    """What is known of public services, with the moment of their last change."""
    return bundle_of(rows, modified=True)


def service_line(nester: Nester, row: Row, *, full: bool) -> dict[str, Any]:
    """A service of a list: its own facts with those of its organisation, or all of it."""
    if full:
        return nester.service(str(row["id"]))
    found: dict[str, Any] = nester.flat("service", row)
    owner = nester.bundle["organization"][str(row["organization_id"])]
    return {**found, "organization": nester.flat("organization", owner)}


def place_line(nester: Nester, row: Row, *, full: bool) -> dict[str, Any]:
    """A service at a location of a list."""
    if full:
        return nester.at_location(str(row["id"]))
    found: dict[str, Any] = nester.flat("service_at_location", row)
    for key, table in (("service", "service"), ("location", "location")):
        if f"{key}_id" in row:
            found[key] = nester.flat(table, nester.bundle[table][str(row[f"{key}_id"])])
    return found


def taxonomy_line(row: Taxonomy) -> dict[str, Any]:
    """A list of terms."""
    return {"id": str(row.uid), "description": str(row.data.get("name", "")), **row.data}


def term_line(row: TaxonomyTerm) -> dict[str, Any]:
    """A term with its list."""
    said = term_row(row)
    said.pop("taxonomy_id", None)
    return {**said, **({"taxonomy_detail": taxonomy_line(row.taxonomy)} if row.taxonomy else {})}
