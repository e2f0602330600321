"""``concertoit open-installation``: the first account of an empty installation."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Person
from concertoit.ground.identity.services.accounts import open_account


class Command(BaseCommand):
    """Open the account of the person who looks after the installation; they may then open démarches and invite."""

    help = "Ouvre le premier compte, celui de l’administration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--courriel", required=True)
        parser.add_argument("--prenom", default="Administration")
        parser.add_argument("--nom", default="")
        parser.add_argument("--mot-de-passe", help="sans cela, demandé à l’écran (ou lu sur l’entrée standard)")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["mot_de_passe"] or self._ask()
        try:
            with transaction.atomic():
                person = Person.objects.create(given_name=options["prenom"], family_name=options["nom"])
                user = open_account(email=options["courriel"], password=password, person=person, language="fr-ca")
                user.is_administrator = True
                user.save(update_fields=["is_administrator"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Le compte {user.email} est ouvert.")

    @staticmethod
    def _ask() -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().strip()
        first = getpass.getpass("Mot de passe : ")
        if first != getpass.getpass("Encore une fois : "):
            raise CommandError("Les deux mots de passe diffèrent.")
        return first
