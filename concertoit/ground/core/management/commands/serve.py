"""``concertoit serve``: the production server, with static files."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from concertoit.ground.core.jobs.worker import start_beside

APPLICATION = "concertoit.config.wsgi:application"


def command_line(*, host: str, port: int, workers: int) -> list[str]:
    """The server and its arguments.

    One blocking thread per worker: with more, requests of one process take turns on one interpreter and the slowest
    answers get slower, as measured (docs/performance.md).
    """
    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface=wsgi", "--blocking-threads=1", f"--workers={workers}", f"--host={host}", f"--port={port}",
        "--respawn-failed-workers", "--log-level=warning", "--workers-kill-timeout=20s",
        "--static-path-route=/static", f"--static-path-mount={settings.STATIC_ROOT}", "--static-path-expires=31536000",
        APPLICATION,
    ]  # fmt: skip


class Command(BaseCommand):
    help = "Sert le site (serveur de production). Prépare d’abord la base et les fichiers statiques."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (0.0.0.0 derrière un mandataire)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processus")
        parser.add_argument(
            "--no-worker", action="store_true", help="sans tâches de fond : « concertoit work » tourne ailleurs"
        )

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/  (Ctrl+C pour arrêter)")
        self.stdout.flush()
        line = command_line(host=host, port=port, workers=workers)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertoit.config.settings")
        if not options["no_worker"]:  # e-mails, imports and reminders leave from there
            start_beside()
        os.execv(line[0], line)  # noqa: S606 - our own server takes the place of this process
