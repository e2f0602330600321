"""Every page of the permission table in a real browser: axe finds nothing serious, nothing overflows a phone (X7)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import NARROW, WIDE
from tests.browser.stage import Stage
from tests.permissions import ROWS, YES, Row
from tests.personas import Table, build_table
from tests.test_permissions import address, row_id

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The page of the coordination at its second size: what depends on the size. Other people's are looked at whole twice.
LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable"]
_RUN = """async ([type, values]) => (await axe.run(document, {runOnly: {type, values}, resultTypes: ['violations']}))
.violations.filter((found) => ['serious', 'critical'].includes(found.impact))
.map((found) => found.id + ': ' + found.nodes.slice(0, 4).map((node) => node.target.join(' ') + ' '
+ (node.any[0]?.message ?? node.all[0]?.message ?? '')).join(' | '))"""
_OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const limit = document.documentElement.clientWidth + 1;
  const inside = (node) => { for (let up = node.parentElement; up; up = up.parentElement) {
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true; } return false; };
  return [...document.querySelectorAll('body *')]
    .filter((node) => node.getBoundingClientRect().right > limit && !inside(node)).slice(0, 5)
    .map((node) => `${node.tagName}.${node.className} → ${Math.round(node.getBoundingClientRect().right)}px`)
    .concat([`${wide}px too wide`]); }"""

# The coordinator sees everything, the partner the same without the means to manage, the visitor what is public.
CASES = [
    (row, key)
    for row in ROWS
    for key in ("coordinator", "partner", "visitor")
    if row.read
    and row.read.answers[key] == YES
    and (key != "partner" or row.read.answers["observer"] != YES or row.write)
]


@pytest.fixture(scope="module")
def stage(chromium: Browser) -> Iterator[Stage]:
    stage = Stage(chromium)
    yield stage
    stage.close()


@pytest.fixture
def table(db: None) -> Table:
    """No server looks at it: the transaction of the test is enough."""
    return build_table()


@pytest.mark.parametrize(("row", "key"), CASES, ids=[f"{row_id(row)}-{key}" for row, key in CASES])
def test_page(row: Row, key: str, table: Table, stage: Stage) -> None:
    url = address(row, table)
    probe = table.client(key).get(url)
    if not probe.headers.get("Content-Type", "").startswith("text/html") or b"<html" not in probe.content:
        probe.close()
        return  # a file, or a part that a page asks for: nothing to look at
    page = stage.show(table.client(key), url)
    page.evaluate(AXE)
    narrow = ("rule", LAYOUT) if key == "coordinator" else ("tag", TAGS)
    wrong = _look(page, WIDE) + _look(page, NARROW, *narrow) + stage.troubles
    assert not wrong, f"{url} as {key}\n" + "\n".join(wrong)


def _look(page: Page, size: Any, kind: str = "tag", rules: list[str] = TAGS) -> list[str]:
    """What is wrong at this size, by these rules or by those with these tags."""
    page.set_viewport_size(size)
    overflow = page.evaluate(_OVERFLOW) if size is NARROW else []
    return [f"{size['width']} px: {problem}" for problem in [*page.evaluate(_RUN, [kind, rules]), *overflow]]
