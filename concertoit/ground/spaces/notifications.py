"""The messages that démarches send."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from concertoit.ground.core.spoken import date_long
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.services import send_mail_message
from concertoit.ground.spaces.models import Invitation

LANGUAGE = "fr-ca"  # nothing is known yet of the language of who is invited


def send_invitation(invitation: Invitation, token: str, inviter: User) -> None:
    """Send the personal link. It is the only place where the token itself goes."""
    address = settings.SITE_URL + reverse("spaces:invitation", kwargs={"token": token})
    with override(LANGUAGE):
        day = timezone.localdate(invitation.expires_at)
        names = {
            "inviter": str(inviter),
            "space": invitation.space.name,
            "day": date_long(day, article=False, weekday=False),
        }
        paragraphs = [
            _("%(inviter)s vous invite à prendre part à la démarche « %(space)s » sur Concertoit.") % names,
            invitation.message.strip(),
            _("Ce lien vous est personnel : ne le transférez pas. Il sert une fois, jusqu’au %(day)s.") % names,
            _("Si vous n’attendiez pas cette invitation, ne faites rien."),
        ]
        send_mail_message(
            to=invitation.email,
            subject=_("Invitation : %(space)s") % names,
            body="\n\n".join(text for text in paragraphs if text),
            url=address,
            action=_("Répondre à l’invitation"),
            language=LANGUAGE,
            space_id=invitation.space_id,
            reply_to=inviter.email,
        )
