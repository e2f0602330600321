"""Real processes, a real database file, a real ``kill -9``: nothing is lost, nothing is done by two at once."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import json, os, sys, time
from datetime import timedelta
import django
django.setup()
from pathlib import Path
from concertoit.ground.core.jobs import enqueue, job, queue, registry
from concertoit.ground.core.jobs.worker import work

log = Path(sys.argv[2])
registry._periodic.clear()
queue.LEASE = timedelta(seconds=1)


@job("test.slow")
def slow(run):
    with log.open("a") as out:
        out.write(json.dumps(["start", run.payload["n"], run.attempt, os.getpid()]) + chr(10))
    time.sleep(run.payload.get("seconds", 0) if run.attempt == 1 else 0)
    with log.open("a") as out:
        out.write(json.dumps(["end", run.payload["n"], run.attempt, os.getpid()]) + chr(10))


match sys.argv[1]:
    case "prepare":
        from django.core.management import call_command
        call_command("migrate", "core", verbosity=0)
    case "ask":
        for n in range(int(sys.argv[3])):
            enqueue("test.slow", payload={"n": n, "seconds": float(sys.argv[4])})
    case "work":
        work(once=sys.argv[3] == "once")
"""


class House:
    """A database of its own and the processes around it."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.log.touch()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "concertoit.config.settings",
            "CONCERTOIT_DATA": str(folder),
            "CONCERTOIT_DATABASE": f"sqlite:///{folder}/db.sqlite3",
        }

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", PROGRAM, str(arguments[0]), str(self.log), *map(str, arguments[1:])]
        return subprocess.Popen(command, env=self.environment)

    def run(self, *arguments: object) -> None:
        assert self.start(*arguments).wait(60) == 0

    def lines(self) -> list[list[object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def wait_for_lines(self, n: int) -> None:
        deadline = time.monotonic() + 30
        while len(self.lines()) < n:
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the table of jobs, made once."""
    house = House(tmp_path_factory.mktemp("empty"))
    house.run("prepare")
    return house.log.parent / "db.sqlite3"


@pytest.fixture
def house(tmp_path: Path, empty: Path) -> House:
    shutil.copy(empty, tmp_path / "db.sqlite3")
    return House(tmp_path)


def test_kill_9_in_the_middle_loses_nothing(house: House) -> None:
    house.run("ask", 1, 60)
    victim = house.start("work", "forever")
    house.wait_for_lines(1)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    time.sleep(1.1)  # the lease of one second ends
    house.run("work", "once")
    assert [line[:3] for line in house.lines()] == [["start", 0, 1], ["start", 0, 2], ["end", 0, 2]]


def test_two_workers_share_the_queue(house: House) -> None:
    house.run("ask", 20, 0.02)
    workers = [house.start("work", "once") for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    ended = [line[1] for line in house.lines() if line[0] == "end"]
    assert sorted(ended) == list(range(20))


SERVER = """
import time
import django
django.setup()
from concertoit.ground.core.jobs.worker import start_beside
print(start_beside().pid, flush=True)
time.sleep(60)
"""


def test_a_worker_beside_a_server_stops_with_it(house: House) -> None:
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, env=house.environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        worker = Path("/proc", server.stdout.readline().strip(), "cmdline")
        time.sleep(1)
        assert b"work" in worker.read_bytes()
        server.kill()
    deadline = time.monotonic() + 30
    while worker.exists() and worker.read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.1)
