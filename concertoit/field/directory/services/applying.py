"""Writing HSDS rows: what a file brings, and the parts of a record that a form changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    done, index = Applied(), OrganisationIndex()
    providers = {str(one.uid): one for one in Provider.objects.filter(uid__in=list(bundle["organization"]))}
    services = {str(one.uid): one for one in Service.objects.filter(uid__in=list(bundle["service"]))}
    by_organisation = {one.organisation_id: one for one in Provider.objects.order_by("pk")}
    for key, row in bundle["organization"].items():
        provider = providers.get(key) or _new_provider(row, index, by_organisation, actor, space_id)
        done.providers[key] = _write_provider(provider, key, row)
    for key, row in bundle["service"].items():
        service = services.get(key) or Service(uid=UUID(key))
        done.services[key] = _service(service, row, done.providers[str(row["organization_id"])])
    _terms(bundle, done)
    _parts(bundle, done)
    refold(done.services.values())
    return done


def _new_provider(
    row: Row, index: OrganisationIndex, known: Mapping[int, Provider], actor: Any, space_id: int
) -> Provider:
    """The record of an organisation of the house that bears this name, or of a new one."""
    name = str(row["name"])[:200]
    organisation = index.find(name)
    if organisation is None:
        organisation = create_organisation(actor=actor, facts=OrganisationFacts(name=name), space_id=space_id)
    return known.get(organisation.pk) or Provider(organisation=organisation)


def _write_provider(provider: Provider, key: str, row: Row) -> Provider:
    provider.uid = UUID(key)
    for name in PROVIDER_COLUMNS:
        setattr(provider, name, str(row.get(name, "")))
    provider.extra = {name: row[name] for name in row if name not in (*PROVIDER_COLUMNS, "id")}
    provider.save()
    return provider


def _service(service: Service, row: Row, provider: Provider) -> Service:
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


def _upsert(model: Any, rows: list[Any], unique: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Write rows in few statements, known or not."""
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=list(unique), update_fields=[*columns, "updated_at"], batch_size=500
    )


def _terms(bundle: Bundle, done: Applied) -> None:
    plain = [
        Taxonomy(uid=key, data={name: row[name] for name in row if name != "id"})
        for key, row in bundle["taxonomy"].items()
    ]
    _upsert(Taxonomy, plain, ("uid",), ("data",))
    lists = {str(one.uid): one for one in Taxonomy.objects.filter(uid__in=list(bundle["taxonomy"]))}
    own = ("id", "name", "code", "name_en", "taxonomy_id")
    terms = [
        TaxonomyTerm(
            uid=key, name=str(row["name"])[:200], code=str(row.get("code", ""))[:120],
            name_en=str(row.get("name_en", ""))[:200], taxonomy=lists.get(str(row.get("taxonomy_id", ""))),
            data={name: row[name] for name in row if name not in own},
        )
        for key, row in bundle["taxonomy_term"].items()
    ]  # fmt: skip
    _upsert(TaxonomyTerm, terms, ("uid",), ("name", "code", "name_en", "taxonomy", "data"))
    done.terms = {str(one.uid): one for one in TaxonomyTerm.objects.filter(uid__in=list(bundle["taxonomy_term"]))}


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
    parts = [
        Part(
            kind=table, uid=key, provider=done.providers[root_of(bundle, table, row)],
            service=done.services.get(service_of(bundle, table, row)),
            data={name: row[name] for name in row if name != "id"},
        )
        for table, rows in bundle.items()
        if table not in OWN
        for key, row in rows.items()
    ]  # fmt: skip
    _upsert(Part, parts, ("kind", "uid"), ("provider", "service", "data"))
    attributes = [
        Attribute(
            uid=key, provider=done.providers[root_of(bundle, "attribute", row)],
            service=done.services.get(service_of(bundle, "attribute", row)),
            term=done.terms.get(str(row.get("taxonomy_term_id", ""))),
            data={name: row[name] for name in row if name not in ("id", "taxonomy_term_id")},
        )
        for key, row in bundle["attribute"].items()
    ]  # fmt: skip
    _upsert(Attribute, attributes, ("uid",), ("provider", "service", "term", "data"))


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


def refold(services: Iterable[Service]) -> None:
    """Keep what a search looks at: names, organisation, description, terms, without accents."""
    rows = list(services)
    terms: dict[int, list[str]] = defaultdict(list)
    for one in Attribute.objects.filter(service__in=rows, term__isnull=False).select_related("term").order_by("pk"):
        terms[one.service_id or 0].append(f"{one.term.name} {one.term.name_en}" if one.term else "")
    now = timezone.now()
    for service in rows:
        organisation: Organisation = service.organisation
        said = [
            service.name, service.name_en, service.alternate_name, service.description, service.description_en,
            service.eligibility_description, organisation.name, organisation.short_name, *terms[service.pk],
        ]  # fmt: skip
        service.folded, service.updated_at = fold(" ".join(said)), now
    Service.objects.bulk_update(rows, ["folded", "updated_at"], batch_size=200)
