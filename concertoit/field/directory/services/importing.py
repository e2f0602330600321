"""Bringing a directory in: read, shown with every error and every change, then confirmed or set aside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.directory.enums import ImportState
from concertoit.field.directory.importers import UnreadableFile, read_file
from concertoit.field.directory.models import DirectoryImport, Listing, Part, Provider, Service
from concertoit.field.directory.queries.bundles import bundle_of, provider_row
from concertoit.field.directory.rules.checking import Problem
from concertoit.field.directory.rules.difference import Change, differences
from concertoit.field.directory.rules.hsds import Bundle, empty
from concertoit.field.directory.services import indexing
from concertoit.field.directory.services.applying import apply
from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer

MAX_BYTES = 10 * 1024 * 1024


def _unreadable(code: str) -> str:
    return {
        "neither": _("Ce fichier n’est ni du JSON ni une archive ZIP de fichiers CSV au format HSDS."),
        "nothing": _("Aucun service ni organisme n’a été reconnu dans ce fichier."),
        "too_large": _("Ce fichier est trop grand pour un répertoire."),
    }[code]


@dataclass(slots=True)
class Preview:
    """What confirming would do."""

    brought: DirectoryImport
    changes: list[Change]
    errors: list[Problem]
    remarks: list[Problem]
    services: int
    organisations: int

    @property
    def may_confirm(self) -> bool:
        return not self.errors and self.brought.state == ImportState.READ


@transaction.atomic
def read(*, viewer: Viewer, name: str, data: bytes) -> DirectoryImport:
    """Understand a file and keep what was understood. Raises ``DomainError`` for one that cannot be read at all."""
    viewer.must("directory.manage")
    if len(data) > MAX_BYTES:
        raise DomainError(_("Le fichier dépasse 10 Mo."), field="document")
    try:
        bundle, problems = read_file(data)
    except UnreadableFile as error:
        raise DomainError(_unreadable(str(error)), field="document") from error
    problems += _elsewhere(viewer, bundle)
    row = DirectoryImport.objects.create(
        space=viewer.space, name=name[:200], bundle=bundle, problems=[asdict(one) for one in problems],
        made_by=viewer.user,
    )  # fmt: skip
    _journal(viewer, "directory.import_read", row)
    return row


def _elsewhere(viewer: Viewer, bundle: Bundle) -> list[Problem]:
    """Records that another démarche keeps and this one does not show: a file does not change them from here."""
    known = Service.objects.filter(uid__in=list(bundle["service"]))
    foreign = known.exclude(listings__space=viewer.space).order_by("pk")
    found = [Problem("service", str(row.uid), "", "kept_elsewhere", row.name) for row in foreign]
    keys = {key for table, rows in bundle.items() for key in rows if table not in ("service", "organization")}
    parts = Part.objects.filter(uid__in=keys, service__isnull=False).exclude(service__uid__in=list(bundle["service"]))
    for part in parts.exclude(service__listings__space=viewer.space).select_related("service").order_by("pk"):
        found.append(Problem(part.kind, str(part.uid), "", "kept_elsewhere", str(part.service)))
    return found


def import_of(viewer: Viewer, import_id: int) -> DirectoryImport:
    """An import of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(DirectoryImport.objects.filter(pk=import_id, space=viewer.space).first())


def preview(row: DirectoryImport) -> Preview:
    """What an import would change now, and all that is wrong with it."""
    bundle: Bundle = {**empty(), **row.bundle}
    problems = [Problem(**one) for one in row.problems]
    known = Service.objects.filter(uid__in=list(bundle["service"])).select_related("provider")
    return Preview(
        row, differences(_known(list(known), bundle), bundle) if row.state == ImportState.READ else [],
        [one for one in problems if one.serious], [one for one in problems if not one.serious],
        len(bundle["service"]), len(bundle["organization"]),
    )  # fmt: skip


def _known(services: list[Service], bundle: Bundle) -> Bundle:
    """What the house says of the same things, with organisations that have no service in the file."""
    found = bundle_of(services)
    for provider in Provider.objects.filter(uid__in=list(bundle["organization"])):
        if str(provider.uid) not in found["organization"]:
            found["organization"][str(provider.uid)] = provider_row(provider)
    return found


@transaction.atomic
def confirm(*, viewer: Viewer, import_id: int) -> DirectoryImport:
    """Write what was understood, and show its services. Raises ``DomainError`` while something is wrong."""
    viewer.must("directory.manage")
    import_of(viewer, import_id)
    row = DirectoryImport.objects.select_for_update().get(pk=import_id)
    if row.state != ImportState.READ:
        raise DomainError(_("Cet import est déjà traité."))
    bundle: Bundle = {**empty(), **row.bundle}
    serious = [one for one in row.problems if one["serious"]] + [asdict(one) for one in _elsewhere(viewer, bundle)]
    if serious:
        raise DomainError(_("Corrigez d’abord les erreurs du fichier, puis apportez-le de nouveau."))
    done = apply(bundle, actor=viewer.user, space_id=viewer.space.pk)
    services = list(done.services.values())
    shown_here = [Listing(space=viewer.space, service=service) for service in services]
    Listing.objects.bulk_create(shown_here, ignore_conflicts=True, batch_size=500)
    indexing.changed_many(services)
    row.state, row.confirmed_at, row.bundle = ImportState.CONFIRMED, timezone.now(), {}
    row.save()
    _journal(viewer, "directory.import_confirmed", row, after={"services": len(done.services)})
    return row


@transaction.atomic
def discard(*, viewer: Viewer, import_id: int) -> None:
    """Set an import aside; nothing of the file is kept."""
    viewer.must("directory.manage")
    row = import_of(viewer, import_id)
    if row.state != ImportState.READ:
        raise DomainError(_("Cet import est déjà traité."))
    row.state, row.bundle = ImportState.DISCARDED, {}
    row.save(update_fields=["state", "bundle", "updated_at"])
    _journal(viewer, "directory.import_discarded", row)


def _journal(viewer: Viewer, verb: str, row: DirectoryImport, **more: Any) -> None:
    record(
        actor=viewer.user, verb=verb, object_type="directory.import", object_id=row.pk, object_label=row.name,
        space_id=viewer.space.pk, **more,
    )  # fmt: skip
