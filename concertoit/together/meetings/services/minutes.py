"""Minutes in versions: written from what was noted, corrected, sent, approved at a next meeting; each one frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.enums import MinutesState, Presence
from concertoit.together.meetings.exports.minutes_words import letter_of
from concertoit.together.meetings.models import Attendance, Meeting, MinutesVersion
from concertoit.together.meetings.policies import must_hold
from concertoit.together.meetings.queries.minutes import content_of
from concertoit.together.meetings.queries.people import accounts, invited
from concertoit.together.meetings.rules import minutes as rules
from concertoit.together.meetings.services.finding import held_meeting, journal
from concertoit.together.meetings.services.following import put_minutes_on_next
from concertoit.together.meetings.services.sending import token_of

ABSENT, EVERYBODY = "absent", "all"
NOTE_MAX = 1_000


def _held(viewer: Viewer, meeting_id: int) -> Meeting:
    meeting = held_meeting(viewer, meeting_id, "meetings.minutes")
    must_hold(viewer, meeting)
    return meeting


def _version(viewer: Viewer, meeting_id: int, number: int) -> MinutesVersion:
    """A version, locked, with its meeting. Raises ``NotVisible``."""
    meeting = _held(viewer, meeting_id)
    found = must_exist(MinutesVersion.objects.select_for_update().filter(meeting=meeting, number=number).first())
    found.meeting = meeting
    return found


def _freeze(version: MinutesVersion, content: Mapping[str, Any]) -> None:
    version.snapshot = rules.canonical(content)
    version.sha256 = rules.digest(version.snapshot)


def _told(version: MinutesVersion) -> dict[str, Any]:
    return {"version": version.number, "sha256": version.sha256[:16]}


def _new(viewer: Viewer, meeting: Meeting, content: Mapping[str, Any], note: str) -> MinutesVersion:
    last = MinutesVersion.objects.filter(meeting=meeting).order_by("-number").first()
    if last is not None and last.state == MinutesState.DRAFT:
        raise DomainError(_("Un projet de compte rendu est déjà commencé : terminez-le."))
    if last is not None and last.state == MinutesState.APPROVED:
        raise DomainError(_("Ce compte rendu est approuvé : il ne change plus."))
    version = MinutesVersion(
        space_id=meeting.space_id, meeting=meeting, number=(last.number if last else 0) + 1, written_by=viewer.user,
        note=note.strip()[:NOTE_MAX],
    )  # fmt: skip
    _freeze(version, content)
    version.save()
    journal(viewer, "meeting.minutes_written", meeting, after=_told(version))
    return version


@transaction.atomic
def write(*, viewer: Viewer, meeting_id: int) -> MinutesVersion:
    """Write a first version from the agenda, the notes, the presences and the outcomes of a meeting that is over.

    Raises ``DomainError`` while it is being held, or when a draft is begun or a version approved.
    """
    meeting = _held(viewer, meeting_id)
    if meeting.state != workflow.CLOSED:
        raise DomainError(_("Le compte rendu se rédige une fois la rencontre close."))
    return _new(viewer, meeting, content_of(meeting), "")


@transaction.atomic
def correct(*, viewer: Viewer, meeting_id: int, number: int, note: str = "") -> MinutesVersion:
    """Begin a new version that says the same as one that was sent; what changes is then written in it."""
    version = _version(viewer, meeting_id, number)
    if version.state != MinutesState.SENT:
        raise DomainError(_("On corrige un compte rendu envoyé et pas encore approuvé."))
    return _new(viewer, version.meeting, json.loads(version.snapshot), note)


def _draft(viewer: Viewer, meeting_id: int, number: int) -> MinutesVersion:
    version = _version(viewer, meeting_id, number)
    if version.state != MinutesState.DRAFT:
        raise DomainError(_("Cette version est figée : faites-en une nouvelle pour la corriger."))
    return version


@transaction.atomic
def edit(
    *, viewer: Viewer, meeting_id: int, number: int, texts: Mapping[str, str], note: str | None = None, seen: str = ""
) -> MinutesVersion:
    """Correct texts of a draft. ``seen``: the SHA-256 one started from; raises ``DomainError`` when it changed since."""
    version = _draft(viewer, meeting_id, number)
    if seen and seen != version.sha256:
        raise DomainError(_("Quelqu’un a modifié ce compte rendu entre-temps. Relisez-le, puis recommencez."))
    before = version.sha256
    clean = {key: text.replace("\r\n", "\n").strip() for key, text in texts.items()}
    _freeze(version, rules.with_texts(json.loads(version.snapshot), clean))
    if note is not None:
        version.note = note.strip()[:NOTE_MAX]
    version.save(update_fields=["snapshot", "sha256", "note", "updated_at"])
    if version.sha256 != before:
        journal(viewer, "meeting.minutes_edited", version.meeting, after=_told(version))
    return version


@transaction.atomic
def renew(*, viewer: Viewer, meeting_id: int, number: int) -> MinutesVersion:
    """Write a draft again from what the meeting says now; texts corrected in the draft itself are lost."""
    version = _draft(viewer, meeting_id, number)
    _freeze(version, content_of(version.meeting))
    version.save(update_fields=["snapshot", "sha256", "updated_at"])
    journal(viewer, "meeting.minutes_edited", version.meeting, after=_told(version))
    return version


@transaction.atomic
def send(*, viewer: Viewer, meeting_id: int, number: int, to: str = ABSENT) -> tuple[MinutesVersion, int]:
    """Send a version by e-mail to the absent, or to all; answers it and how many messages leave.

    A draft becomes final by its sending, and goes on the next agenda to be adopted; an earlier version that waited is
    replaced. Nobody receives the same version twice. Raises ``DomainError`` when nobody's presence was noted and one
    writes to the absent.
    """
    version = _version(viewer, meeting_id, number)
    if version.state == MinutesState.REPLACED:
        raise DomainError(_("Une version plus récente l’a remplacé."))
    rows = _receivers(version, to)
    if version.state == MinutesState.DRAFT:
        _settle(version, MinutesState.SENT)
        version.sent_at = timezone.now()
        put_minutes_on_next(version)
    sent = _write_to(version, rows)
    version.sent_to = sorted({*version.sent_to, *(row.pk for row in sent)})
    version.save()
    journal(viewer, "meeting.minutes_sent", version.meeting, after={**_told(version), "people": len(sent)})
    notifications.minutes_ready(version=version, users=accounts(invited(version.meeting)), actor=viewer.user)
    return version, len(sent)


def _receivers(version: MinutesVersion, to: str) -> list[Attendance]:
    rows = [row for row in invited(version.meeting) if row.email and row.pk not in version.sent_to]
    if to == EVERYBODY:
        return rows
    people = list(invited(version.meeting))
    if people and all(row.presence == Presence.UNKNOWN for row in people):
        raise DomainError(_("Les présences ne sont pas notées : notez-les, ou envoyez à tout le monde."))
    return [row for row in rows if row.presence not in (Presence.PRESENT, Presence.UNKNOWN)]


def _settle(version: MinutesVersion, state: str) -> None:
    """Give a version its new state; the earlier ones that waited are replaced."""
    if not rules.allowed(version.state, state):
        raise DomainError(
            _("Cette version est « %(state)s » : ce n’est pas possible.")
            % {"state": version.get_state_display().lower()}
        )
    waiting = MinutesVersion.objects.filter(meeting=version.meeting, state=MinutesState.SENT)
    waiting.exclude(pk=version.pk).update(state=MinutesState.REPLACED)
    version.state = state


def _write_to(version: MinutesVersion, rows: list[Attendance]) -> list[Attendance]:
    body = letter_of(json.loads(version.snapshot))
    for row in rows:
        row.meeting = version.meeting
        token = token_of(row)
        row.token_digest = personal_links.digest_of(token)
        link = reverse("meetings:minutes_link", kwargs={"token": token, "number": version.number})
        notifications.minutes_letter(version=version, to=row.email, body=body, url=link)
    Attendance.objects.bulk_update(rows, ["token_digest"], batch_size=200)
    return rows


@transaction.atomic
def approve(
    *, viewer: Viewer, meeting_id: int, number: int, approved_in_id: int, at: datetime | None = None
) -> MinutesVersion:
    """Note that a later meeting of the same table approved a version: as it was sent, or corrected on the spot (draft).

    Raises ``DomainError`` for a meeting that is not held, or not later.
    """
    version = _version(viewer, meeting_id, number)
    there = must_exist(Meeting.objects.filter(pk=approved_in_id, space=viewer.space).first())
    if there.state not in (workflow.OPEN, workflow.CLOSED) or there.starts_at <= version.meeting.starts_at:
        raise DomainError(_("Le compte rendu s’approuve à une rencontre suivante, une fois ouverte."), field="meeting")
    _settle(version, MinutesState.APPROVED)
    version.approved_at, version.approved_in = at or timezone.now(), there
    version.save()
    journal(viewer, "meeting.minutes_approved", version.meeting, after={**_told(version), "meeting": str(there)})
    return version
