"""``concertoit restore FILE``: put a backup in the place of what is here, after having kept a copy of it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from concertoit.ground.core import backups, checks_data
from concertoit.ground.core.errors import DomainError


class Command(BaseCommand):
    help = "Restaure une sauvegarde. Ce qui est ici est d’abord sauvegardé sous « sauvegardes »."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--yes", action="store_true", help="remplace les données présentes")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"{file} est introuvable.")
        try:
            if backups.holds_data():
                self._keep_a_copy(yes)
            manifest = backups.restore(file.resolve())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restauré\u00a0: sauvegarde du {manifest.made_at}, {len(manifest.digests) - 1} fichiers.")
        if troubles := [finding for _name, findings in checks_data.run() for finding in findings]:
            self.stdout.write(f"{len(troubles)} anomalies\u00a0: voyez « concertoit check-data ».")

    def _keep_a_copy(self, yes: bool) -> None:
        if not yes:
            raise CommandError(
                "Il y a déjà des données ici. Ajoutez --yes pour les remplacer (une copie sera gardée)."
            )
        folder = settings.DATA_DIR / "sauvegardes"
        folder.mkdir(exist_ok=True)
        copy = folder / f"avant-restauration-{timezone.localtime():%Y%m%d-%H%M%S-%f}.tar.gz"
        backups.back_up(copy)
        self.stdout.write(f"Copie de ce qui était ici\u00a0: {copy}")
