"""The welcome of somebody who joins: an integration meeting, a pack made from the plan of the day, and « c’est fait »."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.meetings import notifications, workflow
from concertoit.together.meetings.models import Meeting, Welcome, WelcomePack
from concertoit.together.meetings.queries.pack import pack_content, version_of
from concertoit.together.meetings.queries.welcome import newcomer, pack_for

WELCOME = "meetings.welcome"
WORD_MAX = 2000


@transaction.atomic
def plan_welcome(
    *, viewer: Viewer, membership_id: int, meeting_id: int | None = None, on: date | None = None, place: str = ""
) -> Welcome:
    """Foresee the integration meeting: a meeting of the calendar, or a day of its own.

    Raises ``DomainError`` without either, for a past day, or for a meeting that is over.
    """
    viewer.must("meetings.welcome")
    row = _held(viewer, membership_id)
    meeting = _meeting(viewer, meeting_id) if meeting_id else None
    if meeting is None and on is None:
        raise DomainError(_("Choisissez une rencontre, ou un jour."), field="on")
    if meeting is None and on is not None and on < timezone.localdate():
        raise DomainError(_("Ce jour est passé. Si l’accueil est fait, notez-le plutôt."), field="on")
    row.meeting, row.on, row.place = meeting, None if meeting else on, "" if meeting else place.strip()[:200]
    row.save()
    day = timezone.localtime(meeting.starts_at).date() if meeting else on
    _journal(viewer, "welcome.planned", row.membership, after={"on": str(day)})
    return row


def _meeting(viewer: Viewer, meeting_id: int) -> Meeting:
    row = must_exist(Meeting.objects.filter(pk=meeting_id, space=viewer.space).first())
    if row.state not in workflow.COMING:
        raise DomainError(_("Cette rencontre est tenue ou annulée : choisissez-en une à venir."), field="meeting")
    return row


@transaction.atomic
def note_welcomed(*, viewer: Viewer, membership_id: int, done: bool = True, on: date | None = None) -> Welcome:
    """Say that somebody was welcomed (today unless said otherwise), or that they wait again."""
    viewer.must("meetings.welcome")
    row = _held(viewer, membership_id)
    row.welcomed_on = (on or timezone.localdate()) if done else None
    row.save()
    _journal(viewer, "welcome.done" if done else "welcome.undone", row.membership)
    return row


def _held(viewer: Viewer, membership_id: int) -> Welcome:
    """The welcome of a participation, made the first time. Raises ``NotVisible`` for another démarche's."""
    membership = must_exist(
        Membership.objects.select_for_update().filter(pk=membership_id, space=viewer.space).first()
    )
    return Welcome.objects.get_or_create(membership=membership, defaults={"space": viewer.space})[0]


@transaction.atomic
def make_pack(*, viewer: Viewer, membership_id: int, email: str = "", word: str = "") -> WelcomePack:
    """Make a pack from the plan as it is now: its content is frozen, with its SHA-256.

    Raises ``DomainError`` when no plan is in force (there is nothing to welcome to), or for a wrong address.
    """
    viewer.must("meetings.welcome")
    _held(viewer, membership_id)
    one = newcomer(viewer, membership_id)
    version = version_of(viewer.space)
    if version is None:
        raise DomainError(_("La trousse se fait à partir du plan en vigueur, et il n’y en a pas encore."))
    if len(word) > WORD_MAX:
        raise DomainError(_("Écrivez au plus %(max)s caractères.") % {"max": WORD_MAX}, field="word")
    snapshot = json.dumps(pack_content(viewer, one, word=word), ensure_ascii=False, sort_keys=True)
    pack = WelcomePack.objects.create(
        space=viewer.space, membership=one.membership, meeting=one.welcome.meeting if one.welcome else None,
        version=version, name=str(one.membership.person or one.membership.organisation), email=_address(email),
        word=word.strip(), snapshot=snapshot, sha256=hashlib.sha256(snapshot.encode()).hexdigest(),
        made_by=viewer.user,
    )  # fmt: skip
    pack.token_digest = personal_links.digest_of(token_of(pack))
    pack.save(update_fields=["token_digest", "updated_at"])
    _journal(viewer, "welcome.pack_made", one.membership, after={"version": str(version), "sha256": pack.sha256})
    return pack


def _address(email: str) -> str:
    address = email.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    return address


def token_of(pack: WelcomePack) -> str:
    """The secret of a personal link, made again from the installation's key."""
    return personal_links.token_of("meetings.welcome", pack, pack.email)


@transaction.atomic
def send_pack(*, viewer: Viewer, pack_id: int) -> WelcomePack:
    """Write to the newcomer, with a personal link to the pack. Raises ``DomainError`` when there is no address."""
    pack = pack_for(viewer, pack_id)
    if not pack.email:
        raise DomainError(_("Cette trousse n’a pas d’adresse : faites-en une autre avec un courriel, ou imprimez-la."))
    pack.sent_at = timezone.now()
    pack.save(update_fields=["sent_at", "updated_at"])
    notifications.welcome_letter(
        pack=pack, url=reverse("meetings:welcome_link", kwargs={"token": token_of(pack)}), reply_to=viewer.user.email
    )
    if pack.membership is not None:
        _journal(viewer, "welcome.pack_sent", pack.membership)
    return pack


def content_of(pack: WelcomePack) -> dict[str, Any]:
    """What a pack says, as it was frozen. Raises ``DomainError`` when it is no longer what its SHA-256 says."""
    if hashlib.sha256(pack.snapshot.encode()).hexdigest() != pack.sha256:
        raise DomainError(_("Cette trousse a été modifiée depuis qu’elle a été faite : faites-en une nouvelle."))
    content: dict[str, Any] = json.loads(pack.snapshot)
    return content


def _journal(viewer: Viewer, verb: str, membership: Membership, **values: Any) -> None:
    record(
        actor=viewer.user, verb=verb, object_type=WELCOME, object_id=membership.pk, object_label=str(membership),
        space_id=viewer.space.pk, **values,
    )  # fmt: skip
