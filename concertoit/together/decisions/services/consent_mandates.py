"""What the board of an organisation answers to a consent given under its reserve."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import MANDATE_LABELS
from concertoit.together.decisions.models import ConsentVoice
from concertoit.together.decisions.notifications import consent as notifications
from concertoit.together.decisions.policies import speaks_for
from concertoit.together.decisions.rules.consent import CONCLUDED, Mandate, RoundState, Way
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services.consent_rounds import hold
from concertoit.together.decisions.services.consent_sessions import journal
from concertoit.together.decisions.services.consent_voices import Speaker


@transaction.atomic
def settle_mandate(
    *, speaker: Speaker | None, viewer: Viewer | None, voice_id: int, confirmed: bool, on: date, words: str = ""
) -> ConsentVoice:
    """Write what the board of an organisation answered to a reserved consent: said by the organisation, or noted by the
    coordination.

    A refusal becomes an objection while the proposal is not concluded; afterwards it stays beside the result. Raises
    ``DomainError`` where nothing waits, for a future date, or a refusal without its reason.
    """
    voice = _mandated(speaker, viewer, voice_id)
    if voice.mandate != Mandate.PENDING:
        raise DomainError(_("Ce consentement n’attend pas la réponse d’un conseil."))
    if on > timezone.localdate():
        raise DomainError(_("La date est dans le futur."), field="on")
    if not confirmed and not words.strip():
        raise DomainError(_("Dites pourquoi le conseil refuse."), field="words")
    user = speaker.user if speaker else viewer.user if viewer else None
    row = hold(voice.turn.round_id, space_id=voice.space_id)
    voice.mandate = Mandate.CONFIRMED if confirmed else Mandate.DECLINED
    voice.mandate_on, voice.mandate_note = on, words.strip()
    voice.save(update_fields=["mandate", "mandate_on", "mandate_note"])
    if not confirmed and RoundState(row.state) not in CONCLUDED:
        objections.raise_one(row=row, turn=voice.turn, seat=voice.seat, user=user, reason=words)
    verb = "consent.mandate_by_link" if speaker and speaker.way is Way.LINK else "consent.mandate"
    note = f"{voice.seat.label} : {MANDATE_LABELS[Mandate(voice.mandate)]}"
    journal(user, verb, row, after={"mandate": voice.mandate, "seat": voice.seat.label}, note=note)
    notifications.mandate_settled(round=row, voice=voice, actor=user)
    return voice


def _mandated(speaker: Speaker | None, viewer: Viewer | None, voice_id: int) -> ConsentVoice:
    """The voice a board answers for, for its own people or for the coordination."""
    rows = ConsentVoice.objects.select_for_update(of=("self",)).select_related("seat", "turn").filter(pk=voice_id)
    if speaker is not None:
        found = rows.filter(seat=speaker.seat).first()
    elif viewer is not None:
        found = rows.filter(space=viewer.space).first()
        if found and not speaks_for(viewer, found.seat):
            viewer.must("consent.facilitate")
    if found is None:
        raise NotVisible("")
    return found
