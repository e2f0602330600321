"""What consent keeps about people, why, and until when."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "consent",
        _("Demander sa voix à chaque organisme et garder ce qui a été décidé"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche, comme mémoire des décisions"),
    )
)
register_field("decisions.consentseat", "email", purpose="consent")
register_field("decisions.consentseat", "label", purpose="consent", label=_("nom de qui siège en son propre nom"))
register_field("decisions.depositreceipt", "received_by", purpose="consent")
