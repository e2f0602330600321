"""What the directory keeps about people: how to reach organisations, in the function of those who answer there.

Contacts brought by a file (name, function, e-mail at work) are in the parts; they are how the standard says whom to call.
"""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "directory_contact",
        _("Joindre un service et vérifier auprès de l’organisme que sa fiche est exacte"),
        Basis.NECESSARY,
        0,
        _("la durée de la fiche au répertoire"),
        _("Coordonnées de fonction, publiées par les organismes eux-mêmes"),
    )
)
register_field("directory.provider", "email", purpose="directory_contact")
register_field("directory.service", "email", "assurer_email", purpose="directory_contact")
register_field("directory.confirmationask", "email", purpose="directory_contact")
register_field("directory.part", "data", purpose="directory_contact", label=_("personnes-contacts des organismes"))
