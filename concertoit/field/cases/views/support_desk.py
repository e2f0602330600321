"""What accompaniment brings elsewhere: sections of the page of a case, lines of « Ma table », who reads a proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.models import Case, PathStep
from concertoit.field.cases.policies import may_see_support
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.views.sections import Section
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.ui.desk import Brought, Todo


def support_section(viewer: Viewer, case: Case) -> Section | None:
    """The accompaniment of a case, for those who may read it; for others the section does not exist."""
    if not may_see_support(viewer, case):
        return None
    steps = queries.steps_of(case)
    due = min((one for one in steps if one.waits_until), key=lambda one: (one.waits_until, one.pk), default=None)
    context = {"case": case, "slug": viewer.space.slug, "steps": steps, "due": due, "today": timezone.localdate()}
    note = _("échéance : %(day)s") % {"day": date_short(due.waits_until)} if due else ""
    return Section("accompagnement", _("Accompagnement du ménage"), "cases/support_section.html", context, 60, note)


def messages_section(viewer: Viewer, case: Case) -> Section | None:
    """The conversations that the viewer reads; a partner that has not accepted reads none."""
    threads = queries.threads_of(viewer, case)
    if not threads:
        return None
    unread = sum(thread.unread for thread in threads)
    note = _("%(count)s à lire") % {"count": unread} if unread else ""
    context = {"case": case, "slug": viewer.space.slug, "threads": threads}
    return Section("messages", _("Messages"), "cases/support_messages_section.html", context, 65, note)


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Steps of the path whose day comes, senders who heard nothing back, messages not read."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers}
    today = timezone.localdate()
    found, whole = queries.waiting(viewers, today), Brought()

    def where(row: Any, name: str, **more: str) -> str:
        return reverse(f"cases:{name}", kwargs={"slug": slugs[row.space_id], "reference": row.case.reference, **more})

    whole.todos = [
        Todo(
            title=_("Dossier %(number)s : %(step)s") % {"number": row.case.reference, "step": row.get_kind_display()},
            href=where(row, "support") + "#parcours", action=_("Voir le parcours"),
            note=_("La réponse était attendue") if row.done_on else _("La démarche est à faire"), icon="signpost-split",
            tone="sun", due=row.waits_until, space_id=row.space_id,
        )
        for row in found.steps
    ]  # fmt: skip
    whole.todos += [
        Todo(
            title=_("Dossier %(number)s : donner des nouvelles à %(who)s")
            % {"number": row.case.reference, "who": row.sender},
            href=where(row, "support") + "#references", action=_("Noter la réponse"), icon="reply",
            due=queries.answer_back_by(row), space_id=row.space_id,
        )
        for row in found.received
    ]  # fmt: skip
    whole.todos += [
        Todo(
            title=_("Dossier %(number)s : message à lire") % {"number": row.case.reference},
            href=where(row, "messages", audience=row.audience), action=_("Lire"), note=row.signed_as,
            icon="chat-dots", tone="sky", now=True, space_id=row.space_id,
        )
        for row in queries.unread_threads(viewers)
    ]  # fmt: skip
    return whole


def may_prove(user: Any, object_id: str) -> bool:
    """Whether somebody reads, and adds, the proofs of a step of the path."""
    if not object_id.isascii() or not object_id.isdigit() or len(object_id) > 18:
        return False
    step = PathStep.objects.select_related("case__space").filter(pk=int(object_id)).first()
    if step is None:
        return False
    try:
        viewer = viewer_for(user, step.case.space.slug)
    except NotVisible:
        return False
    return viewer.can("cases.view") and may_see_support(viewer, step.case)


def proof_space(object_id: str) -> int | None:
    """The démarche of a proof."""
    return PathStep.objects.filter(pk=object_id).values_list("space_id", flat=True).first()
