"""``concertoit compile_translations``: make the catalogues that pages read from those that people edit."""

from typing import Any

from django.core.management.base import BaseCommand

from concertoit.ground.ui.translations import compile_catalogues


class Command(BaseCommand):
    help = "Compile les catalogues de traduction (sans les programmes de gettext)."

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_catalogues()
        self.stdout.write(f"{len(written)} catalogue(s) compilé(s)")
