"""Answering: by login, by personal link, or typed from paper. Two people of an organisation fill the same ballot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import Channel, Disclosure, MoneyQuestion
from concertoit.together.decisions.models import (
    FundingRequest,
    Invitee,
    Prioritisation,
    PriorityBallot,
    PriorityOption,
    Voice,
)
from concertoit.together.decisions.policies import may_answer
from concertoit.together.decisions.rules.prioritisation import ANSWERS
from concertoit.together.decisions.services.prioritisation import by_organisation, is_open, journal
from concertoit.together.decisions.services.prioritisation_voices import voice_of

POINTS = 100  # what a voice distributes when money is asked by points


@dataclass(slots=True)
class Said:
    """What one person changed on the form: an answer (or its removal) by option key, money by option key."""

    grades: Mapping[int, str | None] = field(default_factory=dict)
    money: Mapping[int, int] = field(default_factory=dict)
    done: bool = False


def find(token: str) -> Invitee:
    """The invitation behind a personal link. Raises ``NotVisible`` for a link that is none of ours."""
    return must_exist(
        Invitee.objects.select_related("voice__prioritisation__space", "voice__organisation", "voice__person")
        .filter(token_digest=personal_links.digest_of(token))
        .first()
    )


@transaction.atomic
def answer_by_link(*, token: str, said: Said) -> PriorityBallot:
    """Keep what the holder of a link says. Raises ``NotVisible`` for an unknown link, ``DomainError`` once closed."""
    invitee = find(token)
    return _save(invitee.voice, said, Channel.LINK, invitee.name or invitee.email, actor=None)


@transaction.atomic
def answer(*, viewer: Viewer, pk: int, voice_id: int, said: Said) -> PriorityBallot:
    """Keep what somebody who is logged in says for a voice. Raises ``NotVisible`` for a voice that is not theirs."""
    voice = voice_of(viewer, pk, voice_id)
    if not may_answer(viewer, voice):
        raise NotVisible("")
    return _save(voice, said, Channel.LOGIN, str(viewer.user), actor=viewer.user)


@transaction.atomic
def answer_on_paper(*, viewer: Viewer, pk: int, voice_id: int, said: Said) -> PriorityBallot:
    """Type what somebody wrote on paper; marked as such. Not over an answer that came by itself."""
    viewer.must("prioritisation.prepare")
    voice = voice_of(viewer, pk, voice_id)
    must_take_paper(voice)
    author = _("%(who)s, d’après le papier") % {"who": viewer.user}
    return _save(voice, said, Channel.PAPER, author, actor=viewer.user)


def must_take_paper(voice: Voice) -> None:
    """Raise ``DomainError`` when the voice has already answered by itself."""
    if voice.saved_at is not None and voice.channel != Channel.PAPER:
        raise DomainError(_("Cette voix a déjà répondu en ligne : c’est elle qui change sa réponse."))


def _save(voice: Voice, said: Said, channel: Channel, author: str, *, actor: object) -> PriorityBallot:
    """Merge what changed into the ballot: what somebody else of the organisation said elsewhere stays."""
    row = (
        Prioritisation.objects.select_for_update(of=("self",)).select_related("space").get(pk=voice.prioritisation_id)
    )
    if not is_open(row):
        raise DomainError(_("Ce formulaire est fermé : il ne prend plus de réponse."))
    voice = Voice.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=voice.pk)
    ballot, _new = PriorityBallot.objects.get_or_create(
        voice=voice, defaults={"space": row.space, "prioritisation": row}
    )
    ballot.grades = _merged_grades(row, ballot.grades, said.grades)
    if row.money != MoneyQuestion.NONE:
        ballot.money = _merged_money(row, ballot.money, said.money)
    ballot.save(update_fields=["grades", "money"])
    first = voice.saved_at is None
    voice.saved_at, voice.channel = timezone.now(), channel
    voice.saved_by = author[:200] if by_organisation(row) or channel == Channel.PAPER else ""
    finished = said.done and voice.done_at is None
    if said.done:
        voice.done_at = voice.done_at or voice.saved_at
    voice.save()
    if first or finished:
        journal(actor, "prioritisation.finished" if finished else "prioritisation.answered", row, note=str(voice))
    return ballot


def _merged_grades(row: Prioritisation, known: dict[str, str], said: Mapping[int, str | None]) -> dict[str, str]:
    keys = set(PriorityOption.objects.filter(prioritisation=row).values_list("key", flat=True))
    merged = dict(known)
    for key, given in said.items():
        if key not in keys or (given is not None and given not in ANSWERS):
            raise DomainError(_("Cette réponse n’est pas sur le formulaire."))
        if given is None:
            merged.pop(str(key), None)
        else:
            merged[str(key)] = given
    return merged


def _merged_money(row: Prioritisation, known: dict[str, int], said: Mapping[int, int]) -> dict[str, int]:
    asked = FundingRequest.objects.filter(option__prioritisation=row).values_list("option__key", flat=True)
    keys, merged = set(asked), dict(known)
    most = POINTS if row.money == MoneyQuestion.ALLOT else 1
    for key, given in said.items():
        if key not in keys or not 0 <= given <= most:
            raise DomainError(_("Cette réponse n’est pas sur le formulaire."))
        if given:
            merged[str(key)] = given
        else:
            merged.pop(str(key), None)
    if row.money == MoneyQuestion.ALLOT and sum(merged.values()) > POINTS:
        over = sum(merged.values()) - POINTS
        raise DomainError(_("Vous répartissez %(over)s points de trop : retirez-en ailleurs.") % {"over": over})
    return merged


def readable_now(row: Prioritisation) -> bool:
    """Whether the ballots are still tied to their voices."""
    return not (row.disclosure == Disclosure.NOBODY and row.closed_at is not None)
