"""Phones of a workshop, in a process of their own that knows nothing of Django: orders on standard input, results out."""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
import time
import uuid
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32


class Phone:
    """One phone: a connection, what it wrote, the ETag of what it saw."""

    def __init__(self, number: int, orders: dict[str, Any], answers: list[Any], sent: list[str]) -> None:
        self.number, self.orders, self.answers, self.sent = number, orders, answers, sent
        self.link = http.client.HTTPConnection("127.0.0.1", orders["port"], timeout=30)
        self.random = random.Random(number)
        self.etag = ""

    def live(self, until: float) -> None:
        """Write and ask until time is up, each at its own pace."""
        orders, now = self.orders, time.monotonic()
        write_at = now + self.random.random() * orders["write_every"]
        ask_at = now + self.random.random() * orders["ask_every"]
        while (now := time.monotonic()) < until:
            if now >= write_at:
                self.write()
                write_at = now + orders["write_every"] * self.random.uniform(0.8, 1.2)
            elif now >= ask_at:
                self.ask("state")
                ask_at = now + orders["ask_every"] * self.random.uniform(0.8, 1.2)
            time.sleep(max(0.0, min(write_at, ask_at, until) - time.monotonic()))

    def show(self, until: float) -> None:
        """The projector: ask for the wall, again and again."""
        while time.monotonic() < until:
            self.ask("wall", {"Cookie": f"sessionid={self.orders['session']}"})
            time.sleep(self.orders["wall_every"])

    def write(self) -> None:
        client_id = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
        text = f"Idée {client_id}"
        values = {"hat": self.orders["hat"], "client_id": client_id, "text": text, "csrfmiddlewaretoken": TOKEN}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "X-Idea": "1", "Cookie": f"csrftoken={TOKEN}",
        }  # fmt: skip
        again = 2 if self.random.random() < 0.1 else 1
        for _time in range(again):
            if self._send("POST", self.orders["post"], "post", urlencode(values), headers) == 204:
                self.sent.append(text)

    def ask(self, what: str, headers: dict[str, str] | None = None) -> None:
        seen = {"If-None-Match": self.etag} if self.etag else {}
        self._send("GET", self.orders[what], what, None, {**seen, **(headers or {})})

    def _send(self, method: str, url: str, kind: str, body: str | None, headers: dict[str, str]) -> int:
        started, status = time.monotonic(), 0
        try:
            self.link.request(method, url, body, {"Host": "localhost", **headers})
            response = self.link.getresponse()
            response.read()
            status = response.status
            if status == 200 and kind != "post":
                self.etag = response.getheader("ETag") or ""
        except (OSError, http.client.HTTPException):
            self.link.close()
        self.answers.append((kind, time.monotonic() - started, status))
        return status


def crowd(orders: dict[str, Any]) -> dict[str, Any]:
    """Everybody in the room for the time asked: each answer (kind, seconds, status), and the ideas that were received."""
    answers: list[Any] = []
    sent: list[str] = []
    until = time.monotonic() + orders["seconds"]
    people = [
        threading.Thread(target=Phone(n, orders, answers, sent).live, args=(until,)) for n in range(orders["phones"])
    ]
    people.append(threading.Thread(target=Phone(-1, orders, answers, sent).show, args=(until,)))
    for person in people:
        person.start()
    for person in people:
        person.join()
    return {"answers": answers, "sent": sent}


if __name__ == "__main__":
    json.dump(crowd(json.load(sys.stdin)), sys.stdout)
