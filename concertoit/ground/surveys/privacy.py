"""What surveys keep about people, why, and until when."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "survey",
        _("Recueillir l’avis des personnes qui prennent part à la démarche"),
        Basis.CONSENT,
        0,
        _("la durée de la démarche; sans nom, rien ne relie une réponse à une personne"),
    )
)
register_field("surveys.invitee", "name", "email", purpose="survey")
register_field("surveys.response", "person", "signed", purpose="survey")
