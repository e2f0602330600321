"""The messages that surveys send."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from concertoit.ground.core.spoken import date_long
from concertoit.ground.notifications.services import send_mail_message
from concertoit.ground.surveys.enums import Identity
from concertoit.ground.surveys.models import Invitee

LANGUAGE = "fr-ca"  # nothing is known of the language of who has no account


def ask(*, invitee: Invitee, token: str, again: bool = False) -> None:
    """Send the personal link. It is the only place where the token itself goes."""
    survey = invitee.survey
    with override(LANGUAGE):
        names = {"title": survey.title, "space": survey.space.name}
        paragraphs = [
            _("Votre avis compte pour « %(space)s » : quelques minutes suffisent, et aucun compte n’est nécessaire.")
            % names,
            survey.intro.strip(),
            _("Les réponses sont gardées sans nom.") if survey.identity == Identity.NOBODY else "",
            _("On peut répondre jusqu’au %(day)s.") % {"day": date_long(survey.closes_on, article=False)}
            if survey.closes_on
            else "",
            _("Ce lien vous est personnel : ne le transférez pas."),
        ]
        send_mail_message(
            to=invitee.email,
            subject=(_("Rappel : %(title)s") if again else _("%(title)s : votre avis")) % names,
            body="\n\n".join(text for text in paragraphs if text),
            url=settings.SITE_URL + reverse("surveys:answer", kwargs={"token": token}),
            action=_("Répondre"),
            language=LANGUAGE,
            space_id=survey.space_id,
        )
