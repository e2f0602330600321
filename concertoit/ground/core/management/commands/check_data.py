"""``concertoit check-data``: whether what is stored still holds together."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concertoit.ground.core import checks_data


class Command(BaseCommand):
    help = "Vérifie les données : renvois, démarches, textes figés, fichiers, et ce que chaque partie ajoute."
    requires_migrations_checks = True

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for name, findings in checks_data.run():
            total += len(findings)
            self.stdout.write(f"{name}\u00a0: {len(findings) or 'rien à signaler'}")
            for finding in findings:
                self.stdout.write(f"  {finding.where} {finding.message}")
        if total:
            raise CommandError(f"{total} anomalies dans les données.")
