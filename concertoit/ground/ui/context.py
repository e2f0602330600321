"""What every page needs: who is reading, in which démarche, what the rail and the top bar show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from concertoit.ground.ui import navigation


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

    @property
    def rail(self) -> list[Any]:
        return navigation.rail(self.viewer) if self.viewer else []

    @property
    def spaces(self) -> list[Any]:
        return navigation.spaces_of(self.user) if self.user else []

    @property
    def unread(self) -> int:
        return navigation.unread(self.user) if self.user else 0

    @property
    def messages(self) -> list[Any]:
        from django.contrib.messages import get_messages

        return list(get_messages(self.request))

    def badge(self, item: navigation.NavItem) -> int:
        return item.badge(self.viewer) if item.badge and self.viewer else 0


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "shell": Shell(request),
        "user": getattr(request, "user", None),
        "viewer": getattr(request, "viewer", None),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
