from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "concertoit.ground.privacy"
    label = "privacy"

    def ready(self) -> None:
        from concertoit.ground.audit import verbs as journal
        from concertoit.ground.privacy.enums import Basis
        from concertoit.ground.privacy.policies import Purpose, register_field, register_purpose
        from concertoit.ground.privacy.verbs import SENTENCES

        journal.register(SENTENCES)
        # The journal lies below this room and cannot speak for itself.
        register_purpose(
            Purpose("journal", _("Savoir qui a changé quoi"), Basis.NECESSARY, 0, _("la durée de la démarche"))
        )
        register_field("audit.entry", "actor_label", purpose="journal", label=_("nom de qui agit"))
        autodiscover_modules("privacy")
