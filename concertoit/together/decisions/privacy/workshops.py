"""What workshops and reviews keep about people, why, and until when."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "decisions",
        _("Décider ensemble : savoir qui propose, qui se prononce, et pouvoir l’expliquer"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche, comme mémoire de ses décisions"),
    )
)
register_field("decisions.idea", "signature", purpose="decisions", label=_("nom ou organisme de qui écrit une idée"))
register_field("decisions.idea", "author", purpose="decisions", label=_("compte de qui écrit une idée avec son nom"))
register_field("decisions.reviewvoice", "email", purpose="decisions", label=_("courriel où part un lien personnel"))
