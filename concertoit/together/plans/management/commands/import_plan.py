"""``concertoit import-plan FILE``: bring a real plan in from the command line, or only say what is understood of it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.text import slugify

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.importers.interpret import interpret
from concertoit.together.plans.importers.report import report
from concertoit.together.plans.importers.source import UnreadableDocument
from concertoit.together.plans.queries.items import plan_of
from concertoit.together.plans.services.importing import confirm
from concertoit.together.plans.services.reading import start_import


class Command(BaseCommand):
    """Import a plan as people have it: Word, Excel, OpenDocument, PDF, CSV, HTML, Markdown, text."""

    help = "Importe un plan d’action (docx, xlsx, ods, odt, csv, pdf, html, md, txt)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", type=Path, help="le document à importer")
        parser.add_argument("--report", type=Path, help="écrit ce qui a été compris, en JSON")
        parser.add_argument("--dry-run", action="store_true", help="n’importe rien")
        parser.add_argument("--demarche", help="adresse (slug) de la démarche; une nouvelle est ouverte sans cela")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["document"]
        try:
            found = report(interpret(path.read_bytes(), path.name))
            if options["report"]:
                options["report"].write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
        except UnreadableDocument as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename} : {error.strerror}") from error
        self._say(found)
        if not options["dry_run"]:
            self._import(path, options["demarche"])

    def _say(self, found: dict[str, Any]) -> None:
        counts = found["counts"]
        self.stdout.write(
            f"Compris : {counts['participants']} participants, {counts['axes']} axes, {counts['objectives']} objectifs, "
            f"{counts['actions']} actions, {counts['outcomes']} résultats, {counts['steps']} étapes; "
            f"budget {found['budget_total']} $."
        )
        for anomaly in found["anomalies"]:
            self.stdout.write(f"  {anomaly['place']} : {anomaly['message']}")
        if found["unplaced"]:
            self.stdout.write(f"{len(found['unplaced'])} passages gardés à part, sans place dans le plan.")

    def _import(self, path: Path, slug: str | None) -> None:
        if "spaces_space" not in connection.introspection.table_names():
            call_command("migrate", verbosity=0)
        try:
            with transaction.atomic():
                space = self._space(slug, path)
                # The command line is the installation itself: it acts for the coordination, with no name in the journal.
                viewer = Viewer(user=cast(Any, None), space=space, roles=frozenset({Role.COORDINATION}))
                plan = plan_of(space)
                brought = start_import(viewer=viewer, name=path.name, data=path.read_bytes(), plan=plan)
                version = confirm(viewer=viewer, brought=brought)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Importé dans « {space} », version {version.number} (ébauche) : /demarches/{space.slug}/plan/"
        )

    def _space(self, slug: str | None, path: Path) -> Space:
        if slug:
            found = Space.objects.filter(slug=slug).first()
            if found is None:
                raise CommandError(f"Aucune démarche à l’adresse « {slug} ».")
            return found
        base = slugify(path.stem)[:40] or "plan"
        slug, number = base, 1
        while Space.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return Space.objects.create(name=path.stem[:160], slug=slug)
