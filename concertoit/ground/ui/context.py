"""What every page needs: who is reading, in which démarche, what the rail and the top bar show."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from concertoit.ground.ui import navigation, panels
from concertoit.ground.ui.components import link_to
from concertoit.ground.ui.panels import Panel
from concertoit.ground.ui.toasts import Toast, toasts

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "apparence"


@dataclass(frozen=True, slots=True)
class RailEntry:
    """An entry of the rail as the reader sees it on this page."""

    label: Any
    icon: str
    url: str
    badge: int
    current: bool
    thumb: bool = False


class Shell:
    """Evaluated lazily by the base template: a fragment or an error page that shows no rail pays for none."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = getattr(request, "user", None)
        self.viewer = getattr(request, "viewer", None)
        self.demo = settings.DEMO_MODE

    @property
    def space(self) -> Any:
        return self.viewer.space if self.viewer else None

    @cached_property
    def rail(self) -> list[Any]:
        return navigation.rail(self.viewer) if self.viewer else []

    @cached_property
    def nav(self) -> list[tuple[Any, list[RailEntry]]]:
        """The rail with addresses and badges; the entry whose address begins the page's own is the current one."""
        if not self.space:
            return []
        urls = {item.key: self._address(item) for __, items in self.rail for item in items}
        # The home of all démarches begins every address: it is the current entry on its own page only.
        within = [url for url in urls.values() if url and self.request.path.startswith(url) and url != "/"]
        here = max(within, key=len, default=self.request.path)
        return [
            (
                label,
                [
                    RailEntry(
                        item.label, item.icon, urls[item.key], self.badge(item), urls[item.key] == here, item.thumb
                    )
                    for item in items
                    if urls[item.key]
                ],
            )
            for label, items in self.rail
        ]

    def _address(self, item: navigation.NavItem) -> str:
        return link_to(item.view, slug=self.space.slug) or link_to(item.view)

    @cached_property
    def spaces(self) -> list[Any]:
        """The reader's démarches; a page that has already read all its viewers gives them as ``request.viewers``."""
        viewers = getattr(self.request, "viewers", None)
        if viewers is not None:
            return [viewer.space for viewer in viewers]
        return navigation.spaces_of(self.user) if self.user else []

    @cached_property
    def unread(self) -> int:
        return navigation.unread(self.user) if self.user else 0

    @property
    def messages(self) -> list[Any]:
        from django.contrib.messages import get_messages

        return list(get_messages(self.request))

    @cached_property
    def toasts(self) -> list[Toast]:
        return toasts(self.request)

    @property
    def theme(self) -> str:
        """The reader's choice of appearance: that of the device unless said otherwise."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "auto")
        return chosen if chosen in THEMES else "auto"

    def panels(self, slot: str, subject: Any = None) -> list[Markup]:
        """The panels of a slot for who is reading, already rendered, in order (``ground/ui/panels.py``)."""
        return [self.draw(panel) for panel in panels.panels(slot, self.viewer, subject)]

    def draw(self, panel: Panel) -> Markup:
        """A panel as its room draws it."""
        from django.template.loader import get_template

        template = get_template(panel.template, using="jinja2")
        return Markup(template.render(panel.context, self.request))  # noqa: S704 - a template of ours

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def thumb(self) -> list[RailEntry]:
        """The entries a phone shows at the thumb: three of the rail beside the desk, those of the field first."""
        desk = link_to("desk:home")
        shown = [entry for __, entries in self.nav for entry in entries if entry.url != desk]
        return sorted(shown, key=lambda entry: not entry.thumb)[:3]

    @property
    def search_url(self) -> str:
        return link_to("search:results")

    @property
    def notifications_url(self) -> str:
        return link_to("notifications:inbox")

    @property
    def account_links(self) -> list[tuple[str, Any, str]]:
        """What the menu of the account offers: icon, text, address."""
        known = [
            ("person-gear", _("Mon compte"), "identity:profile"),
            ("bell", _("Mes avis et rappels"), "notifications:preferences"),
            ("lock", _("Mot de passe"), "account_change_password"),
            ("shield-lock", _("Seconde étape de connexion"), "mfa_index"),
            ("window-sidebar", _("Sessions ouvertes"), "identity:sessions"),
            ("hand-thumbs-up", _("Mes consentements"), "identity:consents"),
        ]
        if getattr(self.user, "is_administrator", False):
            known += [
                ("server", _("Tâches de fond"), "core:jobs"),
                ("trash", _("Conservation"), "privacy:retention"),
                ("shield-exclamation", _("Registre des incidents"), "privacy:incidents"),
            ]
        return [(icon, text, link_to(view)) for icon, text, view in known if link_to(view)]

    def space_url(self, space: Any) -> str:
        """Where a démarche opens."""
        return link_to("spaces:home", slug=space.slug) or link_to("plans:plan", slug=space.slug) or "/"

    def badge(self, item: navigation.NavItem) -> int:
        return item.badge(self.viewer) if item.badge and self.viewer else 0


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": Shell(request),
        "user": getattr(request, "user", None),
        "viewer": getattr(request, "viewer", None),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
