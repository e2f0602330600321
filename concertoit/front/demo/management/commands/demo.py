"""``concertoit demo``: a whole example region, with people to log in as, in one command."""

import threading
import webbrowser
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from concertoit.front.demo.services import build
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import User


class Command(BaseCommand):
    """Build the example where it is missing (or again with ``--reset``), then serve it."""

    help = "Une région d’exemple entière, avec des personnes dont prendre la place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--reset", action="store_true", help="remet la démonstration à neuf")
        parser.add_argument("--no-serve", action="store_true", help="prépare seulement")
        parser.add_argument("--no-browser", action="store_true", help="n’ouvre pas le navigateur")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if options["reset"] or not User.objects.exists():
            self.stdout.write("Préparation de la région d’exemple…")
            try:
                build()
            except DomainError as error:
                raise CommandError(str(error)) from error
        if options["no_serve"]:
            self.stdout.write("Prête.")
            return
        address = f"http://localhost:{options['port']}/"
        self.stdout.write(f"Choisissez une personne sur la page de connexion : {address}")
        if not options["no_browser"]:
            opener = threading.Timer(2.5, _open, [address])
            opener.daemon = True
            opener.start()
        call_command("serve", host=options["host"], port=options["port"])


def _open(address: str) -> None:
    """Open the browser where there is one; a machine without any has the address on its screen."""
    try:
        webbrowser.open(address)
    except webbrowser.Error:
        return
