"""``make screenshots``: pictures of the main pages of the example, for the README (``docs/images``)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import ARGUMENTS, EXECUTABLE  # noqa: E402
from tools.smoke import free_port, wait  # noqa: E402

OUT = ROOT / "docs" / "images"
PLAN = "/demarches/lanaudiere/plan/"
DECIDE = "/demarches/lanaudiere/decider/"
DECIDING = {
    "decide": DECIDE,
    "priorities": DECIDE + "priorisations/1/resultats/",
    "meetings": "/demarches/lanaudiere/rencontres/",
}


def shoot(browser: Browser, base: str, width: int, height: int, names: dict[str, str]) -> None:
    """Log in as the coordinator and take each page."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="fr-CA").new_page()
    page.goto(base + "/")
    page.get_by_role("button", name="Entrer : Nadia Courtemanche").click()
    for name, path in names.items():
        if path == "action":
            page.goto(base + PLAN)
            page.get_by_role("link", name="Faire vivre la Vitrine habitation").click()
        else:
            page.goto(base + path)
        page.screenshot(path=OUT / f"{name}-{width}.png")


def main() -> None:
    """Serve a fresh example and photograph it. Raises ``SystemExit`` where Chromium is absent."""
    if not EXECUTABLE:
        raise SystemExit("Chromium is absent (Debian: apt-get install chromium)")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [str(Path(sys.executable).with_name("concertoit")), "demo", "--no-browser", f"--port={port}"]
        server = subprocess.Popen(command, env={**os.environ, "CONCERTOIT_DATA": folder})
        base = f"http://localhost:{port}"
        try:
            wait(server, base + "/")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
                shoot(browser, base, 1280, 860, {"plan": PLAN, "table": "/", "action": "action", **DECIDING})
                shoot(browser, base, 390, 844, {"plan": PLAN, "answer": DECIDE + "priorisations/2/repondre/"})
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
