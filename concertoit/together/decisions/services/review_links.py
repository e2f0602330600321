"""Personal links of a review: one per organisation, valid until the review is closed, good for several visits."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import ReviewManner, ReviewState
from concertoit.together.decisions.models import Review, ReviewVoice
from concertoit.together.decisions.notifications import workshops as notifications
from concertoit.together.decisions.queries.reviews import expected_organisations
from concertoit.together.decisions.services.reviews import Said, journal, locked, write_opinions


def token_of(voice: ReviewVoice) -> str:
    """The secret of an organisation's link, made again from the installation's key; void when the address changes."""
    return personal_links.token_of("decisions.review", voice, voice.email)


@transaction.atomic
def send_link(*, viewer: Viewer, review_id: int, organisation_id: int, email: str) -> ReviewVoice:
    """Send an organisation its link (again). Raises ``DomainError`` for a bad address or a review that is not open."""
    viewer.must("review.run")
    review = locked(viewer, review_id)
    if review.state != ReviewState.OPEN or review.manner != ReviewManner.PARTNERS:
        raise DomainError(_("Les liens s’envoient pendant qu’une révision par les partenaires est ouverte."))
    if organisation_id not in {one.pk for one in expected_organisations(viewer.space)}:
        raise NotVisible("")
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError(_("Cette adresse de courriel n’est pas complète."), field="email") from None
    voice = ReviewVoice.objects.get_or_create(
        review=review, organisation_id=organisation_id, defaults={"space": review.space}
    )[0]
    voice.email, voice.sent_at = address, timezone.now()
    token = token_of(voice)
    voice.token_digest = personal_links.digest_of(token)
    voice.save()
    again = int(voice.sent_at.timestamp())
    notifications.review_link(voice=voice, review=review, token=token, reply_to=viewer.user.email, again=again)
    journal(viewer, "review.link_sent", review, after={"organisation": str(voice.organisation)})
    return voice


def find(token: str) -> ReviewVoice:
    """The voice behind a link. Raises ``NotVisible`` for a link that is none of ours."""
    rows = ReviewVoice.objects.select_related("review__space", "organisation")
    return must_exist(rows.filter(token_digest=personal_links.digest_of(token)).first())


@transaction.atomic
def answer(*, token: str, said: Said) -> ReviewVoice:
    """Write what an organisation says through its link."""
    voice = find(token)
    review = Review.objects.select_for_update().get(pk=voice.review_id)
    write_opinions(review, voice, said)
    journal(None, "review.opinion_by_link", review, note=str(voice.organisation))
    return voice
