"""A long list of existing cases comes in by itself, and who brought it follows it (I3)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from concertoit.field.cases.models import CaseList
from concertoit.field.cases.services import bringing
from concertoit.ground.core.jobs import Run, job
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.queries import viewer_for


@job("cases.list")
def bring_list(run: Run) -> dict[str, Any]:
    """Bring the lines in as they were confirmed; taken up again, it ends what it had begun."""
    brought = CaseList.objects.select_related("space").get(pk=run.payload["list"])
    user = User.objects.get(pk=run.asked_by_id or 0)
    choices = {int(number): choice for number, choice in run.payload["choices"].items()}
    with translation.override(user.language):
        counts = bringing.confirm_by_lines(
            viewer=viewer_for(user, brought.space.slug), brought=brought, choices=choices, progress=run.progress
        )
        url = reverse("cases:case_list_preview", kwargs={"slug": brought.space.slug, "list_id": brought.pk})
        return {"url": url, "label": _("Voir la liste"), "message": bringing.said_of(counts)}
