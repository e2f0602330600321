"""``concertoit reindex``: make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from concertoit.ground.search.policies import searchable, searchables
from concertoit.ground.search.services import reindex


class Command(BaseCommand):
    help = "Refait l’index de la recherche, en entier ou pour certains types."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kinds", nargs="*", help="types à refaire (tous par défaut)")

    def handle(self, *args: Any, kinds: list[str], **options: Any) -> None:
        asked = [searchable(kind) for kind in kinds] if kinds else searchables()
        for kind in asked:
            if kind is None:
                known = ", ".join(one.kind for one in searchables())
                raise CommandError(f"Type inconnu. Types connus\u00a0: {known}")
            kept, forgotten = reindex(of=kind)
            self.stdout.write(f"{kind.kind}\u00a0: {kept} gardés, {forgotten} retirés")
