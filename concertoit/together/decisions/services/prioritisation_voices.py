"""Whose voice counts, and how each is reached: the list before opening, links, reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import FAMILY_LABELS, PrioritisationState
from concertoit.together.decisions.models import Invitee, Prioritisation, Voice
from concertoit.together.decisions.notifications import prioritisation as notifications
from concertoit.together.decisions.queries.prioritisation_people import addresses_of, invitable
from concertoit.together.decisions.rules.prioritisation_families import family_of
from concertoit.together.decisions.services.prioritisation import by_organisation, is_open, journal, locked

# The organisation, or the person, whose voice it is.
Whose = tuple[int | None, int | None]


def token_of(invitee: Invitee) -> str:
    """The secret of a personal link, made again from the installation's key."""
    return personal_links.token_of("decisions.opinion", invitee, invitee.email)


@transaction.atomic
def invite(*, viewer: Viewer, pk: int, occasion: str = "") -> int:
    """Give a voice to the partners of the démarche, or to those who were at a meeting or a step; answers how many
    voices are new.

    One voice per organisation (with everybody who may answer for it) or one per person; whoever has no organisation has
    a voice of their own. Observers and funders have none. Running it again adds those who are missing.
    """
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk)
    _must_not_be_closed(row)
    members = list(invitable(viewer, occasion))
    emails = addresses_of(members)
    known: dict[Whose, Voice] = {
        (voice.organisation_id, voice.person_id): voice
        for voice in Voice.objects.filter(prioritisation=row).order_by("pk")
    }
    before = len(known)
    reached = set(Invitee.objects.filter(voice__prioritisation=row).values_list("voice_id", "email"))
    for member in members:
        voice = _voice(row, member, known)
        email = emails.get(member.person_id or 0, "")
        if email and (voice.pk, email) not in reached:
            reached.add((voice.pk, email))
            _add(voice, email, name=str(member.person or ""), membership=member)
    added = len(known) - before
    journal(viewer.user, "prioritisation.invited", row, after={"voices": added})
    return added


def _voice(row: Prioritisation, member: Membership, known: dict[Whose, Voice]) -> Voice:
    """The voice that a member gives, new when nobody of theirs has one."""
    shared = member.organisation_id if by_organisation(row) else None
    whose = (shared, None) if shared else (None, member.person_id)
    if whose not in known:
        kind = member.organisation.kind if member.organisation else ""
        known[whose] = Voice.objects.create(
            space=row.space, prioritisation=row, organisation_id=whose[0], person_id=whose[1],
            family=family_of(kind, member.capacity),
        )  # fmt: skip
    return known[whose]


def _add(voice: Voice, email: str, *, name: str, membership: Membership | None = None) -> Invitee:
    invitee = Invitee.objects.create(
        space=voice.space, voice=voice, membership=membership, name=name, email=email,
        token_digest=get_random_string(64),
    )  # fmt: skip
    invitee.token_digest = personal_links.digest_of(token_of(invitee))
    invitee.save(update_fields=["token_digest", "updated_at"])
    return invitee


def voice_of(viewer: Viewer, pk: int, voice_id: int) -> Voice:
    """A voice of a prioritisation of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(
        Voice.objects.filter(space=viewer.space, prioritisation_id=pk, pk=voice_id)
        .select_related("prioritisation", "organisation", "person")
        .first()
    )


@transaction.atomic
def add_address(*, viewer: Viewer, pk: int, voice_id: int, email: str, name: str = "") -> Invitee:
    """One more person who may answer for a voice; the link leaves at once when the form is open."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk)
    _must_not_be_closed(row)
    voice = voice_of(viewer, pk, voice_id)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    if Invitee.objects.filter(voice=voice, email=address).exists():
        raise DomainError(_("Cette adresse a déjà son lien."), field="email")
    invitee = _add(voice, address, name=name.strip())
    journal(viewer.user, "prioritisation.invited", row, note=str(voice))
    if is_open(row):
        _send(row, [invitee])
    return invitee


@transaction.atomic
def set_family(*, viewer: Viewer, pk: int, voice_id: int, family: str) -> Voice:
    """Correct, before opening, the family in which a voice is counted."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk, state=PrioritisationState.PREPARING)
    voice = voice_of(viewer, pk, voice_id)
    if family not in FAMILY_LABELS:
        raise DomainError(_("Choisissez une famille de la liste."))
    before, voice.family = voice.family, family
    voice.save(update_fields=["family", "updated_at"])
    journal(
        viewer.user, "prioritisation.voice_changed", row, note=str(voice), before={"family": before},
        after={"family": family},
    )  # fmt: skip
    return voice


@transaction.atomic
def remove_voice(*, viewer: Viewer, pk: int, voice_id: int) -> None:
    """Take a voice off the list; once open, only one that has said nothing."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk)
    _must_not_be_closed(row)
    voice = voice_of(viewer, pk, voice_id)
    if voice.saved_at is not None:
        raise DomainError(_("Cette voix a déjà répondu : elle reste sur la liste."))
    journal(viewer.user, "prioritisation.voice_removed", row, note=str(voice))
    voice.delete()


def _must_not_be_closed(row: Prioritisation) -> None:
    if row.state == PrioritisationState.CLOSED:
        raise DomainError(_("Cette priorisation est fermée : la liste des voix ne change plus."))


@transaction.atomic
def send_links(*, row: Prioritisation) -> int:
    """Send to everybody who has not received it the way to answer; answers how many."""
    return _send(row, _waiting(row).filter(sent_at=None))


def _send(row: Prioritisation, invitees: Iterable[Invitee], *, again: bool = False) -> int:
    today, sent = timezone.localdate(), 0
    for invitee in invitees:
        if again:
            invitee.reminders, invitee.reminded_on = invitee.reminders + 1, today
        invitee.sent_at = timezone.now()
        invitee.save(update_fields=["sent_at", "reminders", "reminded_on", "updated_at"])
        notifications.opinion_expected(row=row, invitee=invitee, token=token_of(invitee), again=again)
        sent += 1
    return sent


def _waiting(row: Prioritisation) -> QuerySet[Invitee]:
    """People of the voices that have not said « terminé », with what a message needs."""
    return (
        Invitee.objects.filter(voice__prioritisation=row, voice__done_at=None)
        .exclude(email="")
        .select_related("voice__organisation", "voice__person", "membership__person__user")
        .order_by("pk")
    )


@transaction.atomic
def remind(*, viewer: Viewer, pk: int) -> int:
    """Write again, now, to those who have not finished; at most once a day to each. Answers how many."""
    viewer.must("prioritisation.prepare")
    row = locked(viewer, pk)
    if not is_open(row):
        raise DomainError(_("Un rappel ne part que pendant que le formulaire est ouvert."))
    sent = _remind(row, timezone.localdate())
    journal(viewer.user, "prioritisation.reminded", row, after={"people": sent})
    return sent


def _remind(row: Prioritisation, today: date) -> int:
    late = _waiting(row).filter(Q(reminded_on=None) | Q(reminded_on__lt=today)).exclude(sent_at__date=today)
    return _send(row, late, again=True)


@transaction.atomic
def remind_on(*, row: Prioritisation, today: date) -> int:
    """The reminders that leave by themselves; running it again the same day sends nothing."""
    return _remind(row, today)
