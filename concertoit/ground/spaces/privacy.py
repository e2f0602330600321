"""What démarches keep about people, why, and until when."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "invitation",
        _("Inviter une personne à se joindre à une démarche"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche, pour savoir qui a été invité"),
    )
)
register_field("spaces.invitation", "email", purpose="invitation")
