"""What plans keep about people, why, and until when."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "followup",
        _("Savoir où en sont les actions et qui l’a dit"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche, comme mémoire du plan"),
    )
)
register_field("plans.updaterequest", "email", purpose="followup")
register_field("plans.progressnote", "author_label", purpose="followup", label=_("nom de qui l’a écrit"))
register_field("plans.outlook", "author_label", purpose="followup", label=_("nom de qui l’a écrit"))
