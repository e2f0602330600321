"""What meetings keep about people, why, and until when."""

from django.utils.translation import gettext_lazy as _

from concertoit.ground.privacy.enums import Basis
from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose

register_purpose(
    Purpose(
        "meetings",
        _("Convoquer les rencontres et garder la liste des présences"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche, comme mémoire de la table"),
    )
)
register_field("meetings.attendance", "name", "email", "substitute_name", "substitute_email", purpose="meetings")
register_field("meetings.news", "author_label", purpose="meetings")
register_purpose(
    Purpose(
        "meetings-welcome",
        _("Envoyer la trousse d’accueil à qui se joint à la démarche"),
        Basis.NECESSARY,
        0,
        _("la durée de la démarche : la trousse dit ce que le plan disait ce jour-là"),
    )
)
register_field("meetings.welcomepack", "name", "email", purpose="meetings-welcome")
