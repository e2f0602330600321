"""``concertoit import-municipalities FILE``: the official directory of municipalities."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places import services
from concertoit.ground.places.importers import FLAWS, read_municipalities


class Command(BaseCommand):
    help = "Importe le répertoire officiel des municipalités (CSV) et liste ce qui cloche dans le fichier."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="municipalites_qc.csv ou un fichier de mêmes colonnes")
        parser.add_argument("--dry-run", action="store_true", help="lit et rapporte, n’écrit rien")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            directory = read_municipalities(file)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(directory.rows)} municipalités lues.")
        for kind, meaning in FLAWS.items():
            flaws = directory.of(kind)
            if flaws:
                self.stdout.write(f"\n{len(flaws)} {meaning} :")
            for flaw in flaws:
                self.stdout.write(f"  ligne {flaw.line} : {flaw.code} {flaw.name} « {flaw.value} »")
        if dry_run:
            return
        loaded = services.load_municipalities(rows=directory.rows, source=file.name)
        self.stdout.write(f"\n{loaded.created} créées, {loaded.updated} mises à jour, {loaded.unchanged} inchangées.")
        if loaded.gone:
            self.stdout.write(f"Absentes du fichier, gardées : {', '.join(loaded.gone)}")
