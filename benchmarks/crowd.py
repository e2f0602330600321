"""Many people at once, in a process of their own that knows nothing of Django: orders on standard input, results out."""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

WARM_UP = 2


def crowd(orders: dict[str, Any]) -> list[tuple[str, float, int]]:
    """Everybody asks until time is up; kind, seconds and status (0: no answer) of each request after the warm-up."""
    done: list[tuple[str, float, int]] = []
    until = time.monotonic() + orders["seconds"] + WARM_UP
    people = [threading.Thread(target=_person, args=(n, orders, until, done)) for n in range(orders["people"])]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return done


def _person(number: int, orders: dict[str, Any], until: float, done: list[Any]) -> None:
    link = http.client.HTTPConnection("127.0.0.1", orders["port"], timeout=30)
    cookie = f"sessionid={orders['sessions'][number % len(orders['sessions'])]}; csrftoken={'a' * 32}"
    headers = {"Host": "localhost", "Cookie": cookie}
    turn = number
    while (now := time.monotonic()) < until:
        turn += 1
        if turn % 10 == 0:
            step = orders["writes"][(turn * 7 + number) % len(orders["writes"])]
            kind, status = "write", _write(link, step, turn, headers)
        else:
            kind, status = "read", _ask(link, "GET", orders["pages"][turn % len(orders["pages"])], None, headers)
        if now > until - orders["seconds"]:
            done.append((kind, time.monotonic() - now, status))


def _write(link: http.client.HTTPConnection, url: str, turn: int, headers: dict[str, str]) -> int:
    body = urlencode({"state": ("doing", "done", "todo")[turn % 3], "csrfmiddlewaretoken": "a" * 32})
    return _ask(link, "POST", url, body, {**headers, "Content-Type": "application/x-www-form-urlencoded"})


def _ask(link: http.client.HTTPConnection, method: str, url: str, body: str | None, headers: dict[str, str]) -> int:
    try:
        link.request(method, url, body, headers)
        response = link.getresponse()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException):
        link.close()
        return 0


if __name__ == "__main__":
    json.dump(crowd(json.load(sys.stdin)), sys.stdout)
