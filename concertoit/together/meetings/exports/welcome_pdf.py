"""A welcome pack in PDF (tagged, PDF/UA-1), made by typst from a fixed template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.pdf import tagged_pdf
from concertoit.together.meetings.models import WelcomePack

TEMPLATE = Path(__file__).with_name("welcome.typ")


def labels() -> dict[str, str]:
    """The words around what a pack says, the same on the page and in the document."""
    return {
        "title": _("Trousse d’accueil"),
        "what": _("Ce que fait la démarche"),
        "plan": _("Le plan, axe par axe"),
        "action": _("Action"),
        "lead": _("Qui porte"),
        "progress": _("Avancement"),
        "yours": _("Ce que porte votre organisme"),
        "nothing": _("Rien encore : la rencontre d’intégration sert aussi à trouver votre place dans le plan."),
        "tables": _("Qui se réunit"),
        "meetings": _("Les prochaines rencontres"),
        "integration": _("Votre rencontre d’intégration"),
        "minute": _("Répondre en une minute"),
        "how": _(
            "Quand on vous demande où en est une action, le courriel contient un lien personnel : un clic, l’état, un "
            "mot au besoin, et c’est envoyé. Sans compte, sans mot de passe. Les invitations aux rencontres marchent "
            "de la même façon."
        ),
        "contacts": _("À qui parler"),
    }  # fmt: skip


def welcome_pdf(pack: WelcomePack, content: dict[str, Any]) -> bytes:
    """The PDF of a pack. A text with a character that no font can show loses the claim of conformance only."""
    foot = _("Faite %(day)s · empreinte %(sha)s") % {"day": content["made"], "sha": pack.sha256[:12]}
    return tagged_pdf(TEMPLATE, {**content, "labels": labels(), "foot": foot})
