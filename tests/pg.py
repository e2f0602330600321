"""A PostgreSQL server of our own for the length of one command: ``python -m tests.pg pytest -n 2``.

The server lives in a temporary folder, listens on a Unix socket only, runs as an ordinary user even where the tests run
as root (``initdb`` refuses root), and is stopped by its process id. Where Debian's server binaries are absent the
command exits with 0 and says so, except in CI (``CI=true``), which requires them.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

ROLE = "concertoit"


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server installed, or nothing."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found.sort(key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _ordinary_user() -> str | None:
    """Whom to become when we are root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("no ordinary user to run PostgreSQL as")


@contextlib.contextmanager
def server(folder: Path, bin_dir: Path) -> Iterator[str]:
    """Start a server in an empty folder; gives the address of its database for ``CONCERTOIT_DATABASE``."""
    user = _ordinary_user()
    if user:
        shutil.chown(folder, user)
    become = {"user": user, "extra_groups": []} if user else {}
    data, log = folder / "data", folder / "log"
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **become}
    subprocess.run(
        [bin_dir / "initdb", "-D", data, "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True, **quiet,
    )  # fmt: skip
    # Nothing here outlives the tests: no need to wait for the disk.
    fast = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=128MB", "listen_addresses=")
    options = [part for setting in (*fast, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [bin_dir / "postgres", "-D", data, *options], stdout=output, stderr=output, cwd=folder, **become
        )  # fmt: skip
    try:
        _wait(process, folder, bin_dir, log)
        subprocess.run([bin_dir / "createdb", "-h", folder, "-U", ROLE, ROLE], check=True, **quiet)
        yield f"postgres://{ROLE}@/{ROLE}?{urlencode({'host': folder})}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], folder: Path, bin_dir: Path, log: Path) -> None:
    deadline = time.monotonic() + 30
    ready = [bin_dir / "pg_isready", "-q", "-h", folder]
    while subprocess.run(ready, check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


@contextlib.contextmanager
def temporary_server() -> Iterator[str]:
    """A server in a temporary folder that goes away with it. Raises ``FileNotFoundError`` without binaries."""
    bin_dir = binaries()
    if bin_dir is None:
        raise FileNotFoundError("PostgreSQL's server binaries are absent (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="concertoit-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with server(folder, bin_dir) as url:
            yield url


def main(command: list[str]) -> int:
    """Run the command with ``CONCERTOIT_DATABASE`` pointing at a fresh server; its exit code is ours."""
    try:
        with temporary_server() as url:
            return subprocess.run(command, env={**os.environ, "CONCERTOIT_DATABASE": url}, check=False).returncode
    except FileNotFoundError as absent:
        print(f"not run on PostgreSQL: {absent}", flush=True)  # noqa: T201
        return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
