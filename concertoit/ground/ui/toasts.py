"""What a page says after an act: a short message in the live region, with a way back where there is one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest

_TONES = {"success": "ok", "error": "late", "warning": "sun", "info": "sky", "debug": "neutral"}
_UNDO = "undo="


@dataclass(frozen=True, slots=True)
class Toast:
    """A message ready for ``ui.toast``."""

    text: str
    tone: str
    undo: str = ""


def done(request: HttpRequest, text: Any, *, undo: str = "") -> None:
    """Say that an act succeeded; ``undo`` is the address to which a POST takes it back."""
    messages.success(request, str(text), extra_tags=f"{_UNDO}{undo}" if undo else "")


def toasts(request: HttpRequest) -> list[Toast]:
    """Messages waiting for this reader; reading them consumes them."""
    return [_toast(message) for message in get_messages(request)]


def _toast(message: Any) -> Toast:
    extra = message.extra_tags or ""
    return Toast(
        text=str(message.message),
        tone=_TONES.get(message.level_tag, "neutral"),
        undo=extra.removeprefix(_UNDO) if extra.startswith(_UNDO) else "",
    )
