"""``make screenshots``: pictures of the main pages of the demo, wide and narrow, in ``docs/screenshots/``.

Serves a demo of its own on a free port, logs in as the first person the login page offers, and stops. Add a page by
adding a line to ``PAGES``; an address that the demo does not have stops the run.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import ARGUMENTS, EXECUTABLE, NARROW, WIDE  # noqa: E402
from tools.smoke import free_port, wait  # noqa: E402

TARGET = ROOT / "docs" / "screenshots"
# Name, address, whether the page is that of somebody logged in. ``{space}`` is the address of the demo's first démarche.
PAGES = [
    ("connexion", "/compte/connexion/", False),
    ("ma-table", "/", True),
    ("plan", "{space}plan/", True),
    ("calendrier", "{space}plan/calendrier/", True),
    ("budget", "{space}plan/budget/", True),
]


def take(page: Page, base: str) -> None:
    """All pictures; the tab is logged in after the first ones."""
    logged_in = False
    for name, address, private in PAGES:
        if private and not logged_in:
            page.goto(f"{base}/compte/connexion/")
            page.locator("form.demo-person button, [data-demo-person] button").first.click()
            page.wait_for_load_state()
            logged_in = True
        page.goto(base + address.format(space=_space(page, base) if "{space}" in address else ""))
        for size, suffix in ((WIDE, ""), (NARROW, "-mobile")):
            page.set_viewport_size(size)
            page.screenshot(path=TARGET / f"{name}{suffix}.png")
        print(name)


def _space(page: Page, base: str) -> str:
    """The address of the first démarche of the top bar."""
    page.goto(base + "/")
    link = page.locator("a[href^='/demarches/']").first.get_attribute("href") or ""
    return "/".join(link.split("/")[:3]) + "/"


def main() -> None:
    """Raises ``SystemExit`` where Chromium is absent or the demo does not answer."""
    if not EXECUTABLE:
        raise SystemExit("Chromium is absent (Debian: apt-get install chromium)")
    TARGET.mkdir(parents=True, exist_ok=True)
    port = free_port()
    base = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory(prefix="concertoit-screenshots-") as folder:
        environment = {**os.environ, "CONCERTOIT_DATA": folder, "CONCERTOIT_URL": base}
        concertoit = Path(sys.executable).with_name("concertoit")
        process = subprocess.Popen([concertoit, "demo", "--port", str(port)], env=environment)
        try:
            wait(process, base + "/compte/connexion/")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
                take(browser.new_page(locale="fr-CA"), base)
                browser.close()
        finally:
            process.terminate()
            process.wait(timeout=30)


if __name__ == "__main__":
    main()
