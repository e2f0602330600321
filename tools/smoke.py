"""``make demo SMOKE=1``: build the demo in a folder of its own, serve it on a free port, read a few pages, stop."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PAGES = ("/", "/composants/")
PATIENCE = 420


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(url: str) -> tuple[int, str]:
    """Status and text of a page; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError:
        return 0, ""


def wait(process: subprocess.Popen[bytes], url: str) -> float:
    """Seconds until the site answers; raises ``SystemExit`` when it does not."""
    started = time.monotonic()
    while fetch(url)[0] == 0:
        if process.poll() is not None:
            raise SystemExit(f"the demo stopped with code {process.returncode}")
        if time.monotonic() - started > PATIENCE:
            raise SystemExit(f"the demo does not answer after {PATIENCE} s")
        time.sleep(0.2)
    return time.monotonic() - started


def check(base: str) -> None:
    """Each page answers and every file it names exists."""
    for path in PAGES:
        status, text = fetch(base + path)
        if status != 200 or "<main" not in text:
            raise SystemExit(f"{path}: {status}")
        for part in text.split('"'):
            if part.startswith("/static/") and (found := fetch(base + part.split("#")[0])[0]) != 200:
                raise SystemExit(f"{path} names {part}: {found}")
        print(f"{path}: {status}, {len(text) / 1000:.0f} kB")


def main() -> None:
    """Raises ``SystemExit`` with the reason when something does not answer."""
    port = free_port()
    base = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory(prefix="concertoit-demo-") as folder:
        environment = {**os.environ, "CONCERTOIT_DATA": folder, "CONCERTOIT_URL": base}
        command = [Path(sys.executable).with_name("concertoit"), "demo", "--port", str(port)]
        process = subprocess.Popen(command, env=environment)
        try:
            print(f"served after {wait(process, base + PAGES[0]):.1f} s")
            check(base)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    print("demo: ok")


if __name__ == "__main__":
    main()
