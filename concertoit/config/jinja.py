"""The Jinja2 environment of every page: undefined names fail, everything is escaped, the reader’s typography at hand."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined

from concertoit.ground.core import spoken
from concertoit.ground.ui import filters as ui_filters
from concertoit.ground.ui.components import address
from concertoit.ground.ui.offline import user_key
from concertoit.ground.ui.wording import say


def in_local_time(write: Callable[..., str]) -> Callable[..., str]:
    """A filter that writes a moment as the clock on the wall shows it; the database keeps UTC."""

    def written(moment: date, **options: Any) -> str:
        if isinstance(moment, datetime) and timezone.is_aware(moment):
            moment = timezone.localtime(moment)
        return write(moment, **options)

    return written


def environment(**options: Any) -> Environment:
    """Build the environment; called once by Django's Jinja2 backend."""
    options["undefined"] = StrictUndefined  # Django passes a lenient one
    options["trim_blocks"] = True
    options["lstrip_blocks"] = True
    env = Environment(  # noqa: S701 - Django's backend passes autoescape=True
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(_=say, gettext=say)
    env.globals.update(url=address, static=static, get_language=translation.get_language, offline_owner=user_key)
    env.globals.update(**ui_filters.GLOBALS)
    env.filters.update(
        money=spoken.money,
        date_short=in_local_time(spoken.date_short),
        date_long=in_local_time(spoken.date_long),
        time_of_day=in_local_time(spoken.time_of_day),
        percent=spoken.percent,
        **ui_filters.FILTERS,
    )
    return env
