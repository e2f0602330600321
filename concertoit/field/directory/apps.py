from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "concertoit.field.directory"
    label = "directory"
    verbose_name = _("répertoire des ressources")
