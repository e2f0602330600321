"""The words of templates: looked for in the catalogue once per language, not each time a page says them.

A page says a hundred of them, some in each line of its lists; Django and Jinja2 go through eight functions for each.
"""

from typing import Any
from weakref import WeakKeyDictionary

from django.utils.translation import gettext
from django.utils.translation.trans_real import catalog
from markupsafe import Markup

# By catalogue rather than by language: when catalogues are read again, what was found in the old ones goes with them.
_known: WeakKeyDictionary[object, dict[str, Markup]] = WeakKeyDictionary()


def say(message: str, **values: Any) -> Markup:
    """``_("%(done)s sur %(total)s", done=1, total=2)`` of templates: values are escaped, ``%%`` is a percent sign."""
    known = _known.setdefault(catalog(), {})
    words = known.get(message)
    if words is None:
        words = known[message] = Markup(gettext(message))  # noqa: S704 - a sentence of ours
    return words % values if "%" in words else words
