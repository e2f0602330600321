"""« Ma table »: what waits for me, what moved, what comes next, over all my démarches."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from concertoit.ground.spaces.policies import Viewer, may_create_space
from concertoit.ground.spaces.queries import viewers_of
from concertoit.ground.ui.desk import Brought, gathered, waits_today
from concertoit.ground.ui.pages import render

# Lines one sees at once; the others are one press away.
TODOS, COMING, MOVES = 6, 6, 6
WEEK = timedelta(days=7)
# Small numbers are written in letters at the beginning of a sentence; « chose » is feminine.
IN_LETTERS = (
    gettext_lazy("aucune"),
    gettext_lazy("une"),
    gettext_lazy("deux"),
    gettext_lazy("trois"),
    gettext_lazy("quatre"),
    gettext_lazy("cinq"),
    gettext_lazy("six"),
    gettext_lazy("sept"),
    gettext_lazy("huit"),
    gettext_lazy("neuf"),
)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home of a person. With one démarche only, the page stands in that démarche, rail included."""
    viewers = viewers_of(request.user)
    request.viewers = viewers  # type: ignore[attr-defined]
    if len(viewers) == 1:
        request.viewer = viewers[0]  # type: ignore[attr-defined]
    today = timezone.localdate()
    brought = gathered(request.user, viewers, today)
    context = {
        "first_name": first_name(request.user),
        "sentence": sentence(brought, today) if viewers else "",
        "today": today,
        "viewers": viewers,
        "names": {viewer.space.pk: viewer.space.name for viewer in viewers} if len(viewers) > 1 else {},
        "brought": brought,
        "waits_today": waits_today,
        "limits": {"todos": TODOS, "coming": COMING, "moves": MOVES},
        "may_create": not viewers and may_create_space(request.user),
        "roles": {viewer.space.pk: _roles(viewer) for viewer in viewers},
    }
    return render(request, "desk/home.html", context)


def first_name(user: Any) -> str:
    """How to greet somebody: the given name of the person, else the first word of the account's name."""
    name = str(user.name).split()
    return name[0] if name else ""


def _roles(viewer: Viewer) -> list[str]:
    return [str(role.label) for role in sorted(viewer.roles)]


def sentence(brought: Brought, today: date) -> str:
    """« Trois choses vous attendent aujourd’hui, deux cette semaine. »"""
    now = sum(waits_today(one, today) for one in brought.todos)
    week = sum(one.due is not None and today < one.due <= today + WEEK for one in brought.todos if not one.now)
    rest = len(brought.todos) - now - week
    if not brought.todos:
        return _("Rien ne vous attend.")
    parts: list[str] = []
    for number, when in (
        (now, _("aujourd’hui")),
        (week, _("cette semaine")),
        (rest, _("quand vous aurez le temps")),
    ):
        if number and not parts:
            text = ngettext(
                "%(number)s chose vous attend %(when)s", "%(number)s choses vous attendent %(when)s", number
            )
            parts.append(text % {"number": capital(in_letters(number)), "when": when})
        elif number:
            parts.append(f"{in_letters(number)} {when}")
    return f"{', '.join(parts)}."


def in_letters(number: int) -> str:
    """« trois » up to nine, figures beyond."""
    return str(IN_LETTERS[number]) if number < len(IN_LETTERS) else str(number)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
