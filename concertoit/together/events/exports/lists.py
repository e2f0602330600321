"""Who comes, as a file."""

import csv
import io

from django.utils.translation import gettext as _

from concertoit.ground.core.spreadsheets import safe_text
from concertoit.together.events.models import Registration, Session


def registrations_csv(session: Session) -> str:
    """Registrations of a session with their presence; semicolons and a byte order mark for spreadsheets in French."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [_("Nom"), _("Organisme"), _("Courriel"), _("Besoins pour participer"), _("Inscription"), _("Présence")]
    )
    presence = {None: "", True: _("oui"), False: _("non")}
    for row in Registration.objects.filter(session=session).order_by("seat", "name", "pk"):
        cells = [row.name, row.organisation, row.email, row.needs, row.get_seat_display(), presence[row.present]]
        writer.writerow([safe_text(str(cell)) for cell in cells])
    return out.getvalue()
