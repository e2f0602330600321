from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SmallWorksConfig(AppConfig):
    name = "concertoit.field.small_works"
    label = "small_works"
    verbose_name = _("menus travaux")
