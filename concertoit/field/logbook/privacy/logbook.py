"""What the logbook keeps about the people who write it: which post, which buildings. Of people met, only counts."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "logbook_team",
        _("Savoir qui donne le soutien communautaire, et qui lit les interventions d’une équipe"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche"),
        _("Cadre de référence sur le soutien communautaire; délai choisi par la plateforme"),
    )
)
register_field(
    "logbook.worker", "membership", "full_time", "hours", "within_other_job", "roles", "sites", purpose="logbook_team"
)
register_field("logbook.teamseat", "worker", "starts_on", "ends_on", "is_lead", purpose="logbook_team")
register_field("logbook.entry", "worker", "note", purpose="logbook_team")
