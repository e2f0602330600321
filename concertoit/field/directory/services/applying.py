"""Writing HSDS rows: what a file brings, and the parts of a record that a form changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from concertoit.field.directory.enums import Status
from concertoit.field.directory.models import Attribute, Part, Provider, Service, Taxonomy, TaxonomyTerm
from concertoit.field.directory.queries.bundles import PROVIDER_COLUMNS, SERVICE_COLUMNS
from concertoit.field.directory.rules import needs
from concertoit.field.directory.rules.checking import root_of
from concertoit.field.directory.rules.hsds import Bundle, Row
from concertoit.ground.identity.models import Organisation
from concertoit.ground.identity.queries import OrganisationIndex
from concertoit.ground.identity.rules import fold
from concertoit.ground.identity.services import OrganisationFacts, create_organisation

# Tables that have models of their own; all others are parts.
OWN = frozenset({"organization", "service", "taxonomy", "taxonomy_term", "attribute"})


@dataclass(slots=True)
class Applied:
    """What was written, by id of HSDS."""

    providers: dict[str, Provider] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    terms: dict[str, TaxonomyTerm] = field(default_factory=dict)


def apply(bundle: Bundle, *, actor: Any, space_id: int) -> Applied:
    """Write all the rows of a checked bundle. Called in a transaction."""
    done = Applied()
    index = OrganisationIndex()
    for key, row in bundle["organization"].items():
        done.providers[key] = _provider(key, row, index, actor, space_id)
    for key, row in bundle["service"].items():
        done.services[key] = _service(key, row, done.providers[str(row["organization_id"])])
    _terms(bundle, done)
    _parts(bundle, done)
    for service in done.services.values():
        refold(service)
    return done


def _provider(key: str, row: Row, index: OrganisationIndex, actor: Any, space_id: int) -> Provider:
    provider = Provider.objects.filter(uid=key).first()
    if provider is None:
        name = str(row["name"])
        organisation = index.find(name)
        if organisation is None:
            organisation = create_organisation(
                actor=actor, facts=OrganisationFacts(name=name[:200]), space_id=space_id
            )
        known = Provider.objects.filter(organisation=organisation).first()
        provider = known or Provider(organisation=organisation)
        provider.uid = UUID(key)
    for name in PROVIDER_COLUMNS:
        setattr(provider, name, str(row.get(name, "")))
    provider.extra = {name: row[name] for name in row if name not in (*PROVIDER_COLUMNS, "id")}
    provider.save()
    return provider


def _service(key: str, row: Row, provider: Provider) -> Service:
    service = Service.objects.filter(uid=key).first() or Service(uid=key)
    service.provider, service.organisation = provider, provider.organisation
    for name in SERVICE_COLUMNS:
        empty = None if name in ("minimum_age", "maximum_age") else ""
        setattr(service, name, row.get(name, empty))
    own = {*SERVICE_COLUMNS, "id", "organization_id", "assured_date", "open_on_holidays"}
    service.extra = {name: row[name] for name in row if name not in own}
    service.confirmed_on = date.fromisoformat(str(row["assured_date"])) if "assured_date" in row else None
    service.open_on_holidays = bool(row.get("open_on_holidays", False))
    if service.status == Status.DEFUNCT:
        service.retired_at = service.retired_at or timezone.now()
    elif service.retired_at is not None:
        service.retired_at = None
    service.save()
    return service


def _terms(bundle: Bundle, done: Applied) -> None:
    lists = {
        key: Taxonomy.objects.update_or_create(
            uid=key, defaults={"data": {name: row[name] for name in row if name != "id"}}
        )[0]
        for key, row in bundle["taxonomy"].items()
    }
    for key, row in bundle["taxonomy_term"].items():
        own = ("id", "name", "code", "name_en", "taxonomy_id")
        done.terms[key] = TaxonomyTerm.objects.update_or_create(
            uid=key,
            defaults={
                "name": str(row["name"])[:200], "code": str(row.get("code", ""))[:120],
                "name_en": str(row.get("name_en", ""))[:200], "taxonomy": lists.get(str(row.get("taxonomy_id", ""))),
                "data": {name: row[name] for name in row if name not in own},
            },
        )[0]  # fmt: skip


def service_of(bundle: Bundle, table: str, row: Row) -> str:
    """The one service that a row is about; empty when it is about an organisation, or a place."""
    if "service_id" in row:
        return str(row["service_id"])
    at = bundle["service_at_location"].get(str(row.get("service_at_location_id", "")))
    if at is not None:
        return str(at.get("service_id", ""))
    owner = str(row.get("link_id") or row.get("resource_id") or "")
    return owner if owner in bundle["service"] else ""


def _parts(bundle: Bundle, done: Applied) -> None:
    """Replace the parts of the services of the bundle, and those of their organisations that it names."""
    services = [service.pk for service in done.services.values()]
    kept = {str(key) for table, rows in bundle.items() if table not in OWN for key in rows}
    Part.objects.filter(service_id__in=services).exclude(uid__in=kept).delete()
    Attribute.objects.filter(service_id__in=services).exclude(uid__in=bundle["attribute"]).delete()
    for table, rows in bundle.items():
        if table in OWN:
            continue
        for key, row in rows.items():
            owner = done.services.get(service_of(bundle, table, row))
            Part.objects.update_or_create(
                kind=table, uid=key,
                defaults={
                    "provider": done.providers[root_of(bundle, table, row)], "service": owner,
                    "data": {name: row[name] for name in row if name != "id"},
                },
            )  # fmt: skip
    for key, row in bundle["attribute"].items():
        Attribute.objects.update_or_create(
            uid=key,
            defaults={
                "provider": done.providers[root_of(bundle, "attribute", row)],
                "service": done.services.get(service_of(bundle, "attribute", row)),
                "term": done.terms.get(str(row.get("taxonomy_term_id", ""))),
                "data": {name: row[name] for name in row if name not in ("id", "taxonomy_term_id")},
            },
        )  # fmt: skip


def ensure_term(kind: str, code: str) -> TaxonomyTerm:
    """A term of our own lists, made the first time that it is used."""
    name, _english, description = needs.NAMES[kind]
    taxonomy, _new = Taxonomy.objects.get_or_create(
        uid=needs.taxonomy_uid(kind), defaults={"code": kind, "data": {"name": name, "description": description}}
    )
    term, _new = TaxonomyTerm.objects.get_or_create(
        uid=needs.term_uid(kind, code),
        defaults={
            "taxonomy": taxonomy, "code": code, "name": needs.label_of(kind, code),
            "name_en": needs.label_of(kind, code, english=True), "data": {"taxonomy": name, "language": "fr"},
        },
    )  # fmt: skip
    return term


def refold(service: Service) -> None:
    """Keep what a search looks at: names, organisation, description, terms, without accents."""
    terms = [one.term for one in service.attributes.select_related("term").order_by("pk") if one.term]
    organisation: Organisation = service.organisation
    said = [
        service.name, service.name_en, service.alternate_name, service.description, service.description_en,
        service.eligibility_description, organisation.name, organisation.short_name,
        *(f"{term.name} {term.name_en}" for term in terms),
    ]  # fmt: skip
    service.folded = fold(" ".join(said))
    service.save(update_fields=["folded", "updated_at"])
