"""Messages of small works. The one to who does the works carries a number and a town: the address is behind the link."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from concertoit.field.small_works.models import Request
from concertoit.ground.notifications.services import send_mail_message

LANGUAGE = "fr-ca"


def matched(row: Request, token: str) -> None:
    """Send the personal link of a visit. It is the only place where the secret goes."""
    if row.handyperson is None:
        return
    with override(LANGUAGE):
        said = {"reference": row.reference, "town": row.municipality.name, "space": row.space.name}
        send_mail_message(
            to=row.handyperson.email,
            subject=_("Menus travaux à faire : %(reference)s, %(town)s") % said,
            body="\n\n".join(
                [
                    _("Une demande de menus travaux vous est confiée par « %(space)s » à %(town)s.") % said,
                    _("Ouvrez le lien pour voir ce qui est à faire et qui appeler, puis dites quand vous irez."),
                    _("Ce lien vous est personnel : ne le transférez pas."),
                ]
            ),
            url=settings.SITE_URL + reverse("small_works:visit", kwargs={"token": token}),
            action=_("Voir la demande"),
            language=LANGUAGE,
            space_id=row.space_id,
        )
