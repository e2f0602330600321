"""``concertoit backup FILE``: database and files in one verified archive, while people work."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from concertoit.ground.core.backups import back_up
from concertoit.ground.core.errors import DomainError


class Command(BaseCommand):
    help = "Sauvegarde la base de données et les fichiers dans une archive .tar.gz, sans rien arrêter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--portable", action="store_true", help="se restaure aussi sur l’autre base de données")

    def handle(self, *args: Any, file: Path, portable: bool, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} existe déjà\u00a0; une sauvegarde n’en remplace pas une autre.")
        if not file.resolve().parent.is_dir():
            raise CommandError(f"Le dossier {file.resolve().parent} n’existe pas.")
        try:
            manifest = back_up(file.resolve(), portable=portable)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if manifest.kind == "portable" and not portable:
            self.stdout.write("pg_dump est introuvable\u00a0: la base est sauvegardée en JSON, plus lentement.")
        files, size = len(manifest.digests) - 1, file.stat().st_size
        self.stdout.write(f"{file}\u00a0: base {manifest.kind}, {files} fichiers, {size / 1e6:.1f} Mo")
