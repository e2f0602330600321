"""Codes of the ballot box and of its register, with their French labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoxState(models.TextChoices):
    """The life of a box: its register is written, then frozen while people vote, then it is emptied once."""

    PREPARED = "prepared", _("En préparation")
    OPEN = "open", _("Scrutin ouvert")
    CLOSED = "closed", _("Scrutin clos")


class Channel(models.TextChoices):
    """How an elector votes."""

    ROOM = "room", _("Papier, dans la salle")
    ASSISTED = "assisted", _("Papier, avec assistance")
    MAIL = "mail", _("Papier, par la poste")
    ONLINE = "online", _("En ligne, par lien personnel")


class ElectorState(models.TextChoices):
    """What the register says of an elector: never how they voted, never when."""

    LISTED = "listed", _("Sur la liste")
    VOTED = "voted", _("A voté")


ON_PAPER = (Channel.ROOM, Channel.ASSISTED, Channel.MAIL)
