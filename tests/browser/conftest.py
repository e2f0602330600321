"""A real browser in front of the real site. Write a test like this::

    def test_step_is_checked_off(browse, table):
        page = browse("partner")                    # a tab in which the partner is logged in
        page.goto(f"/demarches/{table.space.slug}/plan/")
        page.get_by_role("button", name="Fait").click()

A tab fails its test when a script breaks, when the security policy refuses something, or when a file of ours is missing
(``page.troubles``). Where Chromium is absent these tests skip; in CI (``CI=true``) that is a failure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import ARGUMENTS, EXECUTABLE, NARROW, WIDE
from tests.personas import VISITOR, Table, build_table


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not EXECUTABLE:
        message = "Chromium is absent (Debian: apt-get install chromium)"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    # Playwright's synchronous calls run on a loop of its own, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def table(transactional_db: None) -> Table:
    """The table of the personas, where the server's own threads can see it."""
    return build_table()


class Tab:
    """What went wrong in a tab, gathered while it is used."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.was_offline = False
        set_offline = page.context.set_offline

        def cut(offline: bool) -> None:
            self.was_offline |= offline
            set_offline(offline)

        page.context.set_offline = cut  # type: ignore[method-assign]
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A refusal is an answer; a network that a test took away is no trouble of ours. What the service worker could
        # not fetch meanwhile is said to have failed, without a reason.
        expected = "status of 4|ERR_INTERNET_DISCONNECTED" + ("|ERR_FAILED" if self.was_offline else "")
        if message.type == "error" and not re.search(expected, message.text):
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _response(self, response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.troubles.append(f"{response.status}: {response.url}")


@pytest.fixture
def browse(chromium: Browser, live_server: LiveServer, table: Table) -> Iterator[Callable[..., Page]]:
    """Open a tab as a persona: ``browse("partner")``, ``browse("visitor", narrow=True)``."""
    contexts: list[BrowserContext] = []
    tabs: list[Tab] = []

    def open_tab(key: str, *, narrow: bool = False, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=NARROW if narrow else WIDE, locale="fr-CA", **options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if key != VISITOR:
            session = table.client(key).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        tabs.append(Tab(page))
        return page

    yield open_tab
    for context in contexts:
        context.close()
    troubles = [trouble for tab in tabs for trouble in tab.troubles]
    assert not troubles, "\n".join(troubles)
