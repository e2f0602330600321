"""What the components of every page share: they refuse options they do not know, as early as the first rendering.

A macro that silently accepted ``tone="sucess"`` would show a wrong page for months; here it fails in the first test.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

SPRITE = Path(__file__).parent / "static" / "ui" / "vendor" / "icons.svg"
_SAFE = "!$&'()*+,;=/~:@"  # as ``reverse`` leaves them
TONES = ("neutral", "ok", "sun", "late", "sky", "spruce", "brick")


class ComponentError(ValueError):
    """A component was called with an option it does not have."""


@cache
def icon_names() -> frozenset[str]:
    """Icons in the sprite (``tools/vendor_static.py icons`` adds those that templates name)."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


@cache
def icon_address(name: str) -> str:
    """Where an icon stands in the sprite; refused when the sprite does not have it."""
    if name not in icon_names():
        raise ComponentError(f"no icon « {name} » in the sprite: run tools/vendor_static.py icons")
    return f"{static('ui/vendor/icons.svg')}#{name}"


def one_of(value: Any, allowed: Iterable[Any], option: str) -> Any:
    """The value, refused when it is not among the allowed ones."""
    choices = tuple(allowed)
    if value not in choices:
        raise ComponentError(f"{option}={value!r}: must be one of {', '.join(map(repr, choices))}")
    return value


def known_tone(tone: str) -> str:
    """A tone of tags, tiles and toasts: colour that always goes with a word or an icon."""
    return str(one_of(tone, TONES, "tone"))


def keys_of(mapping: dict[str, Any], *, required: str, optional: str = "", what: str = "item") -> dict[str, Any]:
    """A dictionary given to a component, with every optional key present; unknown and missing keys are refused."""
    needed, known = required.split(), required.split() + optional.split()
    missing = [key for key in needed if key not in mapping]
    unknown = [key for key in mapping if key not in known]
    if missing or unknown:
        raise ComponentError(f"{what}: missing {missing}, unknown {unknown}; has {known}")
    return {**dict.fromkeys(known, ""), **mapping}


def ratio(value: Any, option: str = "ratio") -> float:
    """A share between 0 and 1 (a little outside by rounding is brought back)."""
    number = float(value)
    if not -0.001 <= number <= 1.001:
        raise ComponentError(f"{option}={value!r}: must be between 0 and 1")
    return min(1.0, max(0.0, number))


def query(request: HttpRequest, **changes: Any) -> str:
    """The page's own query string with changes (``None`` or ``""`` removes): filters and sorting live in the URL.

    Changing anything but the page goes back to the first page.
    """
    pairs = [
        (key, one) for key, all_of in request.GET.lists() if key not in changes and key != "page" for one in all_of
    ]
    for key, value in changes.items():
        if value not in (None, ""):
            pairs += [(key, str(one)) for one in (value if isinstance(value, list | tuple) else [value])]
    return f"?{urlencode(pairs)}" if pairs else request.path


def addresses(name: str, key: str, sample: str, **kwargs: Any) -> Callable[[object], str]:
    """The addresses of the rows of a long list, where only ``key`` changes: the view is looked for once, not per row.

    ``sample`` is a value that the address takes: ``addresses("cases:case", "reference", "0000-0000", slug=slug)`` then
    gives each row its address. Raises ``NoReverseMatch`` as ``reverse`` does.
    """
    before, after = reverse(name, kwargs={**kwargs, key: sample}).rsplit(sample, 1)
    return lambda value: f"{before}{quote(str(value), safe=_SAFE)}{after}"


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a view, as ``reverse`` gives it; those of a démarche, which every page repeats, are kept."""
    if not args and all(type(value) is str for value in kwargs.values()):
        return _kept(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, tuple(kwargs.items()))
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(maxsize=2048)
def _kept(urlconf: str, prefix: str, name: str, kwargs: tuple[tuple[str, str], ...]) -> str:
    return reverse(name, urlconf, kwargs=dict(kwargs) or None)


def link_to(name: str, **kwargs: Any) -> str:
    """The address of a view, or nothing when no room offers it (the shell shows what the house has)."""
    try:
        return address(name, **kwargs)
    except NoReverseMatch:
        return ""
