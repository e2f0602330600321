"""``concertoit import-boundaries FILE``: outlines of regions and MRC."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concertoit.ground.core.errors import DomainError
from concertoit.ground.places import services
from concertoit.ground.places.importers import read_boundaries


class Command(BaseCommand):
    help = "Importe des contours de régions ou de MRC (GeoJSON ou TopoJSON, WGS 84)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            outlines = read_boundaries(file)
        except DomainError as error:
            raise CommandError(str(error)) from error
        services.load_boundaries(outlines=outlines.found, source=file.name)
        self.stdout.write(f"{len(outlines.found)} contours importés.")
        for refusal in outlines.refused:
            self.stdout.write(f"  refusé : {refusal}")
