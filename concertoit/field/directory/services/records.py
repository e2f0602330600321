"""Records: written by the field, confirmed by the organisation, shown by démarches, retired and never lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.directory.enums import Status
from concertoit.field.directory.models import Attribute, Listing, Part, Service
from concertoit.field.directory.queries.bundles import bundle_of
from concertoit.field.directory.queries.records import service_of
from concertoit.field.directory.rules import needs
from concertoit.field.directory.rules.record import Record, read, say_hours, write
from concertoit.field.directory.services import indexing
from concertoit.field.directory.services.applying import apply, ensure_term
from concertoit.ground.audit.services import record as journal
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Organisation
from concertoit.ground.identity.queries import OrganisationIndex
from concertoit.ground.identity.services import OrganisationFacts, create_organisation
from concertoit.ground.spaces.policies import Viewer

OBJECT = "directory.service"


@dataclass(slots=True)
class ServiceFacts:
    """What the form says. ``values``: columns of the service; ``record``: what hangs on it."""

    organisation: Organisation | None = None
    new_organisation: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    record: Record = field(default_factory=Record)


def say(viewer: Viewer | None, verb: str, service: Service, **more: Any) -> None:
    """One line of the journal about a service. Called in a transaction."""
    journal(
        actor=viewer.user if viewer else None, verb=verb, object_type=OBJECT, object_id=service.pk,
        object_label=str(service), space_id=more.pop("space_id", viewer.space.pk if viewer else None), **more,
    )  # fmt: skip


@transaction.atomic
def save_service(*, viewer: Viewer, facts: ServiceFacts, service_id: int | None = None) -> Service:
    """Add a service to the directory, or change its record; it is to be confirmed again.

    Raises ``NotAllowed``, ``NotVisible``, ``DomainError`` for a service without name or organisation.
    """
    viewer.must("directory.write")
    if service_id is not None:
        service_of(viewer, service_id)
        service = Service.objects.select_for_update().get(pk=service_id)
        before = values_of(service)
    else:
        service, before = Service(organisation=_organisation(viewer, facts)), {}
    for name, value in facts.values.items():
        setattr(service, name, value)
    if not service.name.strip():
        raise DomainError(_("Donnez un nom au service."), field="name")
    service.changed_on = timezone.localdate()
    service.save()
    _write(viewer, service, facts.record)
    service = Service.objects.select_related("provider", "organisation").get(pk=service.pk)
    after = values_of(service)
    changed = [name for name in after if before.get(name) != after[name]]
    if service_id is None:
        Listing.objects.create(space=viewer.space, service=service)
    if changed:
        verb = "directory.service_changed" if service_id else "directory.service_added"
        old = {name: before[name] for name in changed if name in before}
        say(viewer, verb, service, before=old, after={name: after[name] for name in changed if after[name]})
    indexing.changed(service)
    return service


def _organisation(viewer: Viewer, facts: ServiceFacts) -> Organisation:
    if facts.organisation is not None:
        return facts.organisation
    name = facts.new_organisation.strip()
    if not name:
        raise DomainError(_("Dites quel organisme offre ce service."), field="organisation")
    known = OrganisationIndex().find(name)
    return known or create_organisation(
        actor=viewer.user, facts=OrganisationFacts(name=name), space_id=viewer.space.pk
    )


def _write(viewer: Viewer, service: Service, record: Record) -> None:
    """The parts of a record, and its terms."""
    row = Service.objects.select_related("provider").get(pk=service.pk)
    bundle, key = bundle_of([row]), str(row.uid)
    places = {str(uuid5(row.uid, what)) for what in ("place", "address", "access")}
    write(bundle, key, record)
    kept = {one for table in ("location", "address", "accessibility") for one in bundle[table]}
    Part.objects.filter(uid__in=places - kept).delete()
    for kind, codes in ((needs.NEEDS, record.needs), (needs.CLIENTELES, record.clienteles)):
        _write_terms(row, kind, codes)
    said = bundle_of([row])
    for table in ("attribute", "taxonomy_term", "taxonomy"):
        bundle[table] = said[table]
    apply(bundle, actor=viewer.user, space_id=viewer.space.pk)


def _write_terms(service: Service, kind: str, codes: list[str]) -> None:
    wanted = {uuid5(service.uid, f"{kind}/{code}"): code for code in codes}
    mine = Attribute.objects.filter(service=service, data__link_type=kind)
    mine.exclude(term__code__in=codes).delete()
    known = set(mine.values_list("term__code", flat=True))
    for uid, code in wanted.items():
        if code not in known:
            data = {"link_id": str(service.uid), "link_entity": "service", "link_type": kind}
            Attribute.objects.create(
                uid=uid, provider=service.provider, service=service, term=ensure_term(kind, code), data=data
            )


def values_of(service: Service) -> dict[str, Any]:
    """What the journal keeps of a record."""
    record = read(bundle_of([service]), str(service.uid))
    names = (
        "name", "description", "status", "alert", "wait_time", "application_process", "eligibility_description",
        "fees_description", "email", "url", "minimum_age", "maximum_age", "open_on_holidays", "is_public",
    )  # fmt: skip
    return {
        **{name: getattr(service, name) for name in names},
        "phone": " ".join(one for one in (record.phone, record.extension) if one),
        "address": ", ".join(one for one in (record.street, record.city, record.postal_code) if one),
        "hours": " · ".join(say_hours(hours) or "–" for hours in record.week) if any(record.week) else "",
        "needs": record.needs, "clienteles": record.clienteles, "languages": record.languages,
        "areas": [area.name for area in record.areas], "documents": record.documents,
    }  # fmt: skip


@transaction.atomic
def show(*, viewer: Viewer, service_id: int) -> Listing:
    """Show in the démarche a service that another one keeps. Raises ``DomainError`` for one that is not offered."""
    viewer.must("directory.manage")
    service = Service.objects.filter(pk=service_id, is_public=True, retired_at=None).first()
    if service is None:
        raise DomainError(_("Ce service n’est pas offert aux autres répertoires."))
    listing, new = Listing.objects.get_or_create(space=viewer.space, service=service)
    if new:
        say(viewer, "directory.service_shown", service)
        indexing.changed(service)
    return listing


@transaction.atomic
def hide(*, viewer: Viewer, service_id: int) -> None:
    """Show it no more; the record stays where others show it, and referrals keep it."""
    viewer.must("directory.manage")
    service = service_of(viewer, service_id)
    if not Listing.objects.filter(service=service).exclude(space=viewer.space).exists():
        raise DomainError(_("Aucun autre répertoire ne garde cette fiche. Retirez plutôt le service."))
    Listing.objects.filter(space=viewer.space, service=service).delete()
    say(viewer, "directory.service_hidden", service)
    indexing.hidden(service, viewer.space.pk)


@transaction.atomic
def retire(*, viewer: Viewer, service_id: int, replaced_by: Service | None = None) -> Service:
    """Retire a service: nobody is sent there any more, what was noted stays. Never deleted."""
    viewer.must("directory.manage")
    service = service_of(viewer, service_id)
    if replaced_by is not None and (replaced_by.pk == service.pk or replaced_by.retired_at is not None):
        raise DomainError(_("Choisissez un service qui est encore offert."), field="replaced_by")
    service.retired_at, service.status = timezone.now(), Status.DEFUNCT
    service.replaced_by = replaced_by
    service.save(update_fields=["retired_at", "status", "replaced_by", "updated_at"])
    after = {"status": service.status, "replaced_by": str(replaced_by or "")}
    say(viewer, "directory.service_retired", service, after=after)
    indexing.changed(service)
    return service


@transaction.atomic
def resume(*, viewer: Viewer, service_id: int) -> Service:
    """Offer again a service that was retired."""
    viewer.must("directory.manage")
    service = service_of(viewer, service_id)
    service.retired_at, service.status, service.replaced_by = None, Status.ACTIVE, None
    service.save(update_fields=["retired_at", "status", "replaced_by", "updated_at"])
    say(viewer, "directory.service_resumed", service, after={"status": service.status})
    indexing.changed(service)
    return service
