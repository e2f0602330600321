"""What referrals say on « Ma table »: what the resource answered, what waits for news, what was never sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.queries.referrals import waiting
from concertoit.field.logbook.rules.referral_delays import days
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Todo


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Two queries, whatever the number of démarches."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers}
    today = timezone.localdate()
    found = waiting(viewers, today)

    def line(row: Referral, title: str, action: str, icon: str, tone: str, **when: Any) -> Todo:
        href = reverse("logbook:referral", kwargs={"slug": slugs[row.space_id], "referral_id": row.pk})
        about = str(row.service or row.resource or row.get_destination_display())
        return Todo(
            title=title % {"number": row.number}, href=href, action=action, note=f"{about} · {row.main_reason}",
            icon=icon, tone=tone, space_id=row.space_id, **when,
        )  # fmt: skip

    whole = Brought()
    for row in found.answered:
        title = _("Réponse pour la référence %(number)s")
        whole.todos.append(line(row, title, _("Lire"), "envelope-open", "ok", now=True, order=30))
    for row in found.silent:
        due = timezone.localtime(row.state_at).date() + days("reminder", today)
        title = _("Des nouvelles de la référence %(number)s?")
        whole.todos.append(line(row, title, _("Mettre à jour"), "signpost-split", "sun", due=due))
    for row in found.to_send:
        due = row.on + timedelta(days=7)
        title = _("Référence %(number)s à transmettre")
        whole.todos.append(line(row, title, _("Continuer"), "signpost", "spruce", due=due))
    return whole
