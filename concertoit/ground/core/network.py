"""Where a request comes from, behind the machine that speaks HTTPS; and public doors that close after too many knocks."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

_DAY = 60 * 60 * 24


def client_address(request: HttpRequest) -> str | None:
    """The address of who asks. ``PROXIES`` machines of ours stand before the application, and each adds at the end of
    ``X-Forwarded-For`` whom it heard: what a visitor writes there comes before, and is not believed.
    """
    hops = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    told = hops[-settings.PROXIES] if 0 < settings.PROXIES <= len(hops) else ""
    return _readable(told) or request.META.get("REMOTE_ADDR")


def _readable(written: str) -> str:
    try:
        return str(ip_address(written.removeprefix("[").removesuffix("]")))
    except ValueError:
        return ""


def network_of(request: HttpRequest) -> str:
    """The same, for counting: a home or a phone has a whole /64 of IPv6 to itself."""
    address = client_address(request) or ""
    known = _readable(address)
    if known and isinstance(ip_address(known), IPv6Address):
        return str(ip_network((known, 64), strict=False))
    return address


def knock(request: HttpRequest, *, door: str, most: int) -> bool:
    """Count a knock at a public door; whether it still opens (``most`` knocks from one place in a day).

    Kept in the cache, under a keyed digest of the day and the place: nobody's address is written down.
    """
    seed = f"{timezone.localdate():%Y-%m-%d}:{door}:{network_of(request)}"
    key = "door:" + salted_hmac("core.door", seed, algorithm="sha256").hexdigest()
    cache.add(key, 0, _DAY)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it left the cache in between
        return True
