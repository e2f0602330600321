"""What a household is asked to agree to, purpose by purpose, with the text it reads and its version.

A purpose is refused or withdrawn without losing the others: the report itself is followed without a name. A change of
text needs a new version (a test holds the two together).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentPurpose(models.TextChoices):
    """Purposes that rest on the consent of the household (Loi sur l’accès, art. 53.1 and 65.0.1; P-39.1, art. 12-14)."""

    CONTACT = "contact", _("Me joindre au sujet de mon signalement")
    SHARE = "share", _("Donner mon nom et mes coordonnées aux organismes qui acceptent mon dossier")
    LIVING = "living", _("Garder ce que je dis des personnes qui vivent ici, pour préparer la visite")


VERSION = "2026-11"
TEXTS = {
    ConsentPurpose.CONTACT: _(
        "J’accepte que l’équipe garde mon nom et mes coordonnées pour me joindre au sujet de ce signalement. "
        "Si je change d’avis, ils sont effacés et le signalement continue sans nom."
    ),
    ConsentPurpose.SHARE: _(
        "J’accepte que mon nom et mes coordonnées soient donnés aux organismes qui acceptent mon dossier (par exemple "
        "l’inspection de la Ville), et à eux seulement. Si je change d’avis, ils ne les voient plus ici."
    ),
    ConsentPurpose.LIVING: _(
        "J’accepte que l’équipe garde ce que je dis des personnes qui vivent ici (nombre, langue, façon d’entrer) pour "
        "préparer la visite. Si je change d’avis, c’est effacé."
    ),
}
