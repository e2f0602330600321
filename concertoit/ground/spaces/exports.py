"""Files that a démarche gives out."""

import csv
import io

from concertoit.ground.core.spreadsheets import safe_text
from concertoit.ground.spaces import queries
from concertoit.ground.spaces.policies import Viewer

HEADER = (
    "Organisme", "Type", "NEQ", "Personne-ressource", "Fonction", "Courriel", "Téléphone", "À titre de", "Précision",
    "Rôle", "Depuis le", "Jusqu’au", "Instances et comités", "Étapes",
)  # fmt: skip


def participants_csv(viewer: Viewer) -> str:
    """The participants of a démarche with their professional contacts; personal data is not among them.

    Semicolons and a byte order mark: spreadsheets set to French open it as it is. A cell never begins like a formula.
    """
    rows = queries.participations(viewer, queries.Filters(past=True))
    taken = queries.steps_taken(viewer, [row.pk for row in rows])
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    for row in rows:
        contacts = list(row.person.contacts.all()) if row.person else []
        seats = [str(seat.place) for seat in row.seats.all()]
        writer.writerow(
            safe_text(value)
            for value in (
                row.organisation.name if row.organisation else "",
                row.organisation.get_kind_display() if row.organisation else "",
                row.organisation.neq if row.organisation else "",
                row.person.full_name if row.person else "",
                next((one.title for one in contacts if one.title), ""),
                ", ".join(one.value for one in contacts if one.kind == "email"),
                ", ".join(one.value for one in contacts if one.kind == "phone"),
                row.get_capacity_display(),
                row.capacity_note,
                row.get_role_display(),
                str(row.starts_on or ""),
                str(row.ends_on or ""),
                ", ".join(seats),
                " | ".join(step.label for step in taken.get(row.pk, [])),
            )
        )
    return out.getvalue()
