"""A certificate of attendance in PDF (tagged, PDF/UA-1), made by typst from a fixed template."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.pdf import tagged_pdf
from concertoit.ground.core.spoken import date_long, number
from concertoit.together.events import rules
from concertoit.together.events.models import Registration

TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificate_pdf(registration: Registration) -> bytes:
    """The certificate of somebody who was there.

    A name with a character that no font can show still gets its certificate, without the claim of conformance.
    """
    session = registration.session
    day = date_long(timezone.localtime(session.starts_at), article=True)
    length = _("%(hours)s h") % {"hours": number(rules.hours(session.minutes), 2).rstrip("0").rstrip(",.")}
    content = {
        "heading": _("Attestation de présence"),
        "space": session.event.space.name,
        "lead": _("%(space)s atteste que") % {"space": session.event.space.name},
        "name": registration.name,
        "organisation": registration.organisation,
        "verb": _("a pris part à l’activité"),
        "title": session.event.title,
        "details": " · ".join(filter(None, [day, length, session.place])),
        "signature": _("Pour la coordination"),
    }
    return tagged_pdf(TEMPLATE, content)
