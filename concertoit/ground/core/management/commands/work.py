"""``concertoit work``: execute background jobs."""

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from concertoit.ground.core.jobs.worker import work


class Command(BaseCommand):
    help = "Exécute les tâches de fond. Plusieurs peuvent travailler en même temps."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="s’arrête quand plus rien n’attend")
        parser.add_argument("--beside", type=int, metavar="PID", help="s’arrête avec ce processus, qui l’a lancé")

    def handle(self, *args: Any, once: bool, beside: int | None, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):  # the current job ends, then the worker leaves
            signal.signal(name, lambda *_: stop.set())
        executed = work(once=once, stop=stop, wanted=lambda: beside in (None, os.getppid()))
        self.stdout.write(f"Tâches exécutées\u00a0: {executed}")
