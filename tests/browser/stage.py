"""A browser in front of the test client: what a page asks for is answered in the test's own transaction.

No server, no thread, no database to empty afterwards: several times lighter than ``live_server``, and enough for what
looks at one page. Journeys, where several people act at once, keep the real server (``browse``).
"""

from __future__ import annotations

import mimetypes
from contextvars import copy_context
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route

from tests.browser.chromium import WIDE

ORIGIN = "http://localhost"  # a secure context, as the real site is


class Stage:
    """One tab, kept from test to test; ``show`` gives it a page as the holder of ``client`` sees it."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(
            base_url=ORIGIN, viewport=WIDE, locale="fr-CA", service_workers="block", reduced_motion="reduce"
        )
        self._context.route("**/*", self._answer)
        self.page: Page = self._context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("console", lambda said: said.type == "error" and self.troubles.append(f"console: {said.text}"))
        self.troubles: list[str] = []
        self._client = Client()
        self._here = copy_context()

    def show(self, client: Client, url: str) -> Page:
        """Open this address. What goes wrong in the page is in ``troubles``."""
        # Playwright answers from a context of its own, in which Django would open another connection.
        self._client, self._here, self.troubles = client, copy_context(), []
        self.page.set_viewport_size(WIDE)
        self.page.goto(url)
        return self.page

    def close(self) -> None:
        self._context.close()

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.path.startswith("/static/"):
            body, media_type = _static(parts.path.removeprefix("/static/"))
            if media_type is None:
                self.troubles.append(f"404: {parts.path}")
            route.fulfill(status=200 if media_type else 404, body=body, content_type=media_type or "text/plain")
        else:
            status, headers, body = self._here.run(self._asked, route.request, f"{parts.path}?{parts.query}")
            route.fulfill(status=status, headers=headers, body=body)

    def _asked(self, request: Request, path: str) -> tuple[int, dict[str, str], bytes]:
        """What the site answers: status, headers, body."""
        kept = {name: value for name, value in request.headers.items() if name.startswith(("hx-", "x-"))}
        response = self._client.generic(
            request.method, path.rstrip("?"), request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", "application/octet-stream"),
            headers={**kept, "host": "localhost"},
        )  # fmt: skip
        if response.status_code >= 500:
            self.troubles.append(f"{response.status_code}: {path}")
        body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        headers = {name: value for name, value in response.headers.items() if name.lower() != "content-length"}
        return response.status_code, headers, body


@cache
def _static(name: str) -> tuple[bytes, str | None]:
    """A static file and its kind; no kind when it is missing."""
    found = finders.find(name)
    if not isinstance(found, str):
        return b"", None
    return Path(found).read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"
