"""Reading a document that is brought in: at once when it is short, by a job when it may be long."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.jobs import enqueue
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans import notifications
from concertoit.together.plans.enums import ImportState
from concertoit.together.plans.importers.interpret import interpret, make_sense, to_plain
from concertoit.together.plans.importers.readers import is_read_apart, read
from concertoit.together.plans.importers.source import UnreadableDocument
from concertoit.together.plans.importers.understand.result import Mapping, Understanding
from concertoit.together.plans.importers.understand.roles import Role
from concertoit.together.plans.models import Plan, PlanImport
from concertoit.together.plans.services.importing import must_be_open
from concertoit.together.plans.services.undoing import journal

Say = Callable[[int, str], None]
"""How far it is, from 0 to 100, and in words."""
PROBLEM_MAX = 500


@transaction.atomic
def bring_in(*, viewer: Viewer, name: str, data: bytes, plan: Plan | None = None) -> PlanImport:
    """Take a document that a person brings: understood when this returns, or in reading by a job when it may be long.

    Raises ``DomainError`` with the sentence of the reader when a short file cannot be read, and for one too large.
    """
    if not may_be_long(data, name):
        return start_import(viewer=viewer, name=name, data=data, plan=plan)
    brought = _received(viewer, name, data, plan)
    brought.state = ImportState.READING
    brought.save()
    _read_by_job(viewer, brought)
    journal(viewer, "plan.import_started", brought)
    return brought


@transaction.atomic
def start_import(*, viewer: Viewer, name: str, data: bytes, plan: Plan | None = None) -> PlanImport:
    """Understand a document and keep it for the preview; nothing of the plan changes yet.

    Raises ``DomainError`` with the sentence of the reader when the file cannot be read.
    """
    brought = _received(viewer, name, data, plan)
    brought.understanding = to_plain(_interpret(data, name))
    brought.save()
    journal(viewer, "plan.import_started", brought)
    return brought


@transaction.atomic
def read_again(*, viewer: Viewer, brought: PlanImport, mapping: Mapping) -> PlanImport:
    """Understand the same bytes again with the columns the person chose. Corrections made before are replaced."""
    viewer.must("plan.import")
    must_be_open(brought)
    brought.mapping = {
        place: {str(index): role.value for index, role in columns.items()}
        for place, columns in mapping.columns.items()
    }
    if may_be_long(bytes(brought.source), brought.name):
        brought.state = ImportState.READING
        _read_by_job(viewer, brought)
    else:
        brought.understanding = to_plain(_interpret(bytes(brought.source), brought.name, mapping))
        brought.save()
    return brought


def may_be_long(data: bytes, name: str) -> bool:
    """Whether somebody would wait in front of the page: a large file, or one read in a process of its own (PDF, .xls).

    The size is measured in docs/performance.md: under it, reading takes about a second.
    """
    return len(data) > settings.IMPORT_LONG_BYTES or is_read_apart(data, name)


def carry_on(*, import_id: int, asked_by_id: int | None, say: Say) -> ImportState | None:
    """Read a document for good, and tell the person who waits; what the job of ``bring_in`` does.

    A second run, after a worker died or the import was given up, finds nothing to read and answers nothing. Reading
    holds no transaction: only the result is written in one.
    """
    brought = PlanImport.objects.filter(pk=import_id, state=ImportState.READING).first()
    if brought is None:
        return None
    understanding, problem = _read_saying(brought, say)
    with transaction.atomic():
        found = PlanImport.objects.select_for_update().filter(pk=import_id, state=ImportState.READING)
        held = found.select_related("space").first()
        if held is None:
            return None
        if understanding is not None:
            held.state, held.understanding = ImportState.PREVIEW, to_plain(understanding)
        else:  # nothing to look at: the document is forgotten
            held.state, held.problem, held.source, held.understanding = ImportState.UNREADABLE, problem, b"", {}
        held.save()
        notifications.document_read(brought=held, users=User.objects.filter(pk=asked_by_id or 0))
        return ImportState(held.state)


def _read_saying(brought: PlanImport, say: Say) -> tuple[Understanding | None, str]:
    """What is understood, or why nothing can be."""

    def page(number: int, pages: int) -> None:
        say(5 + 70 * number // max(pages, 1), _("Page %(n)s de %(pages)s") % {"n": number, "pages": pages})

    say(5, _("Lecture du document"))
    try:
        document = read(bytes(brought.source), brought.name, told=page)
        say(80, _("Compréhension du plan"))
        return make_sense(document, _mapping(brought)), ""
    except UnreadableDocument as error:
        return None, str(error)[:PROBLEM_MAX]


def _mapping(brought: PlanImport) -> Mapping:
    """The columns that the person chose, as kept with the import."""
    return Mapping(
        {
            place: {int(index): Role(role) for index, role in columns.items()}
            for place, columns in brought.mapping.items()
        }
    )


def _received(viewer: Viewer, name: str, data: bytes, plan: Plan | None) -> PlanImport:
    """A new import, not saved yet. Raises ``DomainError`` for a file too large."""
    viewer.must("plan.import")
    if len(data) > settings.IMPORT_MAX_BYTES:
        limit = settings.IMPORT_MAX_BYTES // 1_048_576
        raise DomainError(_("Le document dépasse %(limit)s Mo.") % {"limit": limit}, field="document")
    return PlanImport(
        space=viewer.space,
        plan=plan,
        name=name[:200],
        source=data,
        source_sha256=hashlib.sha256(data).hexdigest(),
        created_by=viewer.user,
    )


def _read_by_job(viewer: Viewer, brought: PlanImport) -> None:
    brought.job = enqueue(
        "plans.read_import",
        payload={"import": brought.pk},
        space_id=brought.space_id,
        asked_by_id=viewer.user.pk,
        dedup_key=str(brought.pk),
    )
    brought.save()


def _interpret(data: bytes, name: str, mapping: Mapping | None = None) -> Understanding:
    try:
        return interpret(data, name, mapping)
    except UnreadableDocument as error:
        raise DomainError(str(error), field="document") from error
