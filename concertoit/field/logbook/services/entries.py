"""Writing in the logbook: once for each id made on the phone, corrected with before and after, retired and put back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import EntryKind, TermKind
from concertoit.field.logbook.models import Edition, Entry, Site, Term, Worker
from concertoit.field.logbook.queries.entries import entry_of
from concertoit.field.logbook.queries.lists import Lists, edition_for, lists_of
from concertoit.field.logbook.queries.referrals import author_of
from concertoit.field.logbook.services.figures import touch
from concertoit.field.logbook.services.referrals import note_referral
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotAllowed
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer

OBJECT = "logbook.entry"


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral made during the intervention. ``consented``: the person agreed and the resource knows."""

    destination: str
    main_reason: Term
    consented: bool = False


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What a worker says of an intervention. Masks are in the bits of the lists in use that day; minutes and people are
    counts, empty when unknown."""

    on: date
    site: Site
    kind: str
    clienteles: int = 0
    activities: int = 0
    minutes: int | None = None
    people: int | None = None
    collective_object: str = ""
    note: str = ""


@transaction.atomic
def worker_of(viewer: Viewer) -> Worker:
    """The viewer as a worker; made at their first entry."""
    viewer.must("logbook.write")
    membership = author_of(viewer)
    worker, _new = Worker.objects.get_or_create(membership=membership, defaults={"space": viewer.space})
    return worker


@transaction.atomic
def enter(*, viewer: Viewer, client_id: uuid.UUID, facts: EntryFacts, sent: Sent | None = None) -> tuple[Entry, bool]:
    """Write an intervention; whether it is new. The same id sent again is the same entry, left as it is.

    Raises ``NotAllowed``; ``DomainError`` for a day to come, a building no longer served, an id of somebody else.
    """
    worker = worker_of(viewer)
    if known := _known(viewer, client_id, worker):
        return known, False
    edition = _sound(viewer, facts)
    values = columns_of(facts)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                space=viewer.space, client_id=client_id, worker=worker, edition=edition, referred=sent is not None,
                **values,
            )  # fmt: skip
    except IntegrityError:  # sent twice at the same moment
        if known := _known(viewer, client_id, worker):
            return known, False
        raise
    if sent:
        note_referral(
            viewer=viewer, entry=entry, destination=sent.destination, main_reason=sent.main_reason,
            consented=sent.consented,
        )  # fmt: skip
    touch(entry.space_id, entry.on)
    _journal(viewer, "entry.made", entry)
    return entry, True


@transaction.atomic
def enter_again(*, viewer: Viewer, client_id: uuid.UUID, entry_id: int, on: date) -> tuple[Entry, bool]:
    """« Refaire »: what an earlier entry of one's own said, on another day, without its note nor its referral."""
    model = entry_of(viewer, entry_id)
    must_own(viewer, model)
    today = edition_for(viewer.space, on)
    if today is None or model.edition_id != today.pk:
        raise DomainError(_("Les listes ont changé depuis : saisissez cette intervention au complet."))
    facts = EntryFacts(
        on=on, site=model.site, kind=model.kind, clienteles=model.clientele_mask, activities=model.activity_mask,
        minutes=model.minutes, people=model.people, collective_object=model.collective_object,
    )  # fmt: skip
    return enter(viewer=viewer, client_id=client_id, facts=facts)


@transaction.atomic
def correct(*, viewer: Viewer, entry_id: int, facts: EntryFacts) -> Entry:
    """Change one's own entry; the journal keeps before and after. Lists stay those of its day."""
    entry = _locked(viewer, entry_id)
    _sound(viewer, facts)
    lists = lists_of(entry.space_id)
    before, day = _told(entry, lists), entry.on
    for name, value in columns_of(facts).items():
        setattr(entry, name, value)
    entry.save()
    after = _told(entry, lists)
    changed = {key for key in before if before[key] != after[key]}
    if changed:
        touch(entry.space_id, day, entry.on)
        _journal(
            viewer, "entry.corrected", entry, before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )  # fmt: skip
    return entry


@transaction.atomic
def retire(*, viewer: Viewer, entry_id: int, back: bool = False) -> Entry:
    """Take an entry out of the logbook, or put it back: it is never erased, and counts nowhere while it is out."""
    entry = _locked(viewer, entry_id)
    if bool(entry.deleted_at) != back:
        raise DomainError(_("C’est déjà fait : rechargez la page."))
    entry.deleted_at = None if back else timezone.now()
    entry.save(update_fields=["deleted_at", "updated_at"])
    touch(entry.space_id, entry.on)
    _journal(viewer, "entry.restored" if back else "entry.retired", entry)
    return entry


def _known(viewer: Viewer, client_id: uuid.UUID, worker: Worker) -> Entry | None:
    known = Entry.objects.filter(space=viewer.space, client_id=client_id).first()
    if known is not None and known.worker_id != worker.pk:
        raise DomainError(_("Cette saisie porte déjà le numéro d’une autre : saisissez-la de nouveau."))
    return known


def _sound(viewer: Viewer, facts: EntryFacts) -> Edition:
    """The lists of the day, once the facts hold together."""
    return check(facts, space_id=viewer.space.pk, edition=edition_for(viewer.space, facts.on))


def check(facts: EntryFacts, *, space_id: int, edition: Edition | None) -> Edition:
    """The lists of the day. Raises ``DomainError`` (with its field) for facts that do not hold together."""
    if facts.on > timezone.localdate():
        raise DomainError(_("Une intervention s’inscrit une fois faite : choisissez un jour passé."), field="on")
    if facts.site.space_id != space_id:
        raise DomainError(_("Choisissez un immeuble de la liste."), field="site")
    if facts.site.closed_on and facts.site.closed_on <= facts.on:
        raise DomainError(_("Cet immeuble n’est plus desservi à cette date."), field="site")
    if edition is None:
        raise DomainError(_("Aucune liste n’était en usage ce jour-là."), field="on")
    return edition


def columns_of(facts: EntryFacts) -> dict[str, Any]:
    """Columns of the entry; sector and territory are those of the building that day, whatever becomes of it."""
    together = facts.kind == EntryKind.COLLECTIVE
    town = facts.site.municipality
    return {
        "on": facts.on, "site": facts.site, "sector": facts.site.sector, "municipality_id_then": town.pk,
        "mrc_id_then": town.mrc_id, "kind": facts.kind, "clientele_mask": facts.clienteles,
        "activity_mask": facts.activities, "minutes": facts.minutes, "note": facts.note.strip(),
        "people": facts.people if together else None,
        "collective_object": facts.collective_object if together else "",
    }  # fmt: skip


def must_own(viewer: Viewer, entry: Entry) -> None:
    """Raise ``NotAllowed`` for an entry of somebody else: a lead reads it, its author alone changes it."""
    if entry.worker.membership_id not in viewer.membership_ids:
        raise NotAllowed(_("Seule la personne qui a inscrit une intervention la corrige."))


def _locked(viewer: Viewer, entry_id: int) -> Entry:
    viewer.must("logbook.write")
    must_own(viewer, entry_of(viewer, entry_id))
    rows = Entry.objects.select_for_update(of=("self",)).select_related("site__municipality", "worker")
    return rows.get(pk=entry_id)


def _told(entry: Entry, lists: Lists) -> dict[str, Any]:
    """What the journal keeps, in the words of the day: never the note, which could say too much of somebody."""
    return {
        "on": entry.on.isoformat(), "site": entry.site.name, "kind": str(entry.get_kind_display()),
        "collective_object": str(entry.get_collective_object_display()),
        "clienteles": ", ".join(lists.words(entry, TermKind.CLIENTELE)),
        "activities": ", ".join(lists.words(entry, TermKind.ACTIVITY)), "minutes": entry.minutes,
        "people": entry.people, "note": bool(entry.note),
    }  # fmt: skip


def _journal(viewer: Viewer, verb: str, entry: Entry, **values: Any) -> None:
    record_row(entry, f"{date_short(entry.on)}, {entry.site}", actor=viewer.user, verb=verb, **values)
