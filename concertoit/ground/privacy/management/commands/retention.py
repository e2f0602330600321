"""``concertoit retention``: remove what has been kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from concertoit.ground.privacy.services import apply_retention, due


class Command(BaseCommand):
    help = "Détruit ou anonymise les renseignements personnels dont la durée de conservation est passée."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="montre ce qui serait retiré, sans rien retirer")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for one in due():
            self.stdout.write(f"{one.remover.label}\u00a0: {len(one.ids)}")
        if dry_run:
            self.stdout.write("Rien n’a été retiré (--dry-run).")
            return
        run = apply_retention()
        self.stdout.write(f"Passage n° {run.pk} inscrit." if run else "Rien n’était à retirer.")
