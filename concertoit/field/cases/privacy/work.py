"""What the work on cases keeps about people: owners, who goes and who follows, addresses of partners' links."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "cases_owner", _("Joindre le propriétaire au sujet de l’état de son immeuble, et voir ses autres immeubles"),
        Basis.NECESSARY, 0, _("la durée de la démarche, tant que l’immeuble a un dossier"),
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_team", _("Savoir qui suit un dossier, qui visite, avec quelle compétence, et qui l’on peut appeler"),
        Basis.NECESSARY, 0, _("la durée de la participation à l’équipe; ce qui a été fait reste au dossier"),
    )
)  # fmt: skip
register_purpose(
    Purpose(
        "cases_partner_link", _("Laisser répondre un partenaire sans compte"), Basis.NECESSARY, 0,
        _("la validité du lien, puis la mémoire de la réponse"),
    )
)  # fmt: skip
register_field("cases.owner", "name", "contact_name", "phone", "email", "address", "note", purpose="cases_owner")
register_field("cases.ownership", "owner", "source", purpose="cases_owner")
register_field(
    "cases.brigademember", "membership", "competences", "languages", "availability", "on_call", "integration",
    purpose="cases_team",
)  # fmt: skip
register_field("cases.visit", "member", "note", purpose="cases_team")
register_field("cases.case", "follower", purpose="cases_team")
register_field("cases.casemove", "user", "author", "words", purpose="cases_team")
register_field("cases.partnerlink", "email", purpose="cases_partner_link")
