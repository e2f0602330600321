"""What prioritisations bring elsewhere: « Décider », « Ma table », the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.spoken import date_short
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries.histories import read_with
from concertoit.ground.ui.desk import Brought, Todo
from concertoit.together.decisions.enums import PrioritisationState
from concertoit.together.decisions.models import Prioritisation, Voice
from concertoit.together.decisions.queries.home import Entry, StageView
from concertoit.together.decisions.queries.prioritisation import Turnout, turnouts, visible

TONES = {
    PrioritisationState.PREPARING: "neutral", PrioritisationState.OPEN: "brick", PrioritisationState.CLOSED: "ok"
}  # fmt: skip


def _address(slug: str, name: str, pk: int) -> str:
    return reverse(f"decisions:{name}", kwargs={"slug": slug, "pk": pk})


def stage(viewer: Viewer) -> StageView:
    """The prioritisations of the démarche on « Décider »; three queries."""
    slug = viewer.space.slug
    rows = list(visible(viewer))
    counts = turnouts(row.pk for row in rows)
    mine = Q(organisation_id__in=viewer.organisation_ids) | Q(person_id=viewer.user.person_id)
    waiting = set(
        Voice.objects.filter(mine, prioritisation__in=[row.pk for row in rows], done_at=None)
        .order_by()
        .values_list("prioritisation_id", flat=True)
    )
    view = StageView(
        what=gettext_lazy("Chaque voix dit ce qui compte et où mettre l’argent; le compte éclaire, la table décide."),
        icon="bar-chart-steps",
        start=reverse("decisions:prioritisation_add", kwargs={"slug": slug})
        if viewer.can("prioritisation.prepare")
        else "",
        start_label=gettext_lazy("Préparer une priorisation"),
    )
    for row in rows:
        is_open = row.state == PrioritisationState.OPEN and row.deadline is not None and timezone.now() < row.deadline
        expects = is_open and row.pk in waiting and viewer.can("prioritisation.answer")
        turnout = counts.get(row.pk, Turnout())
        detail = _("%(answered)s voix sur %(voices)s ont répondu") % {
            "answered": turnout.answered, "voices": turnout.voices,
        }  # fmt: skip
        view.entries.append(
            Entry(
                title=row.title, href=_address(slug, "prioritisation", row.pk), state=str(row.get_state_display()),
                tone=TONES[PrioritisationState(row.state)], open=is_open,
                on=timezone.localtime(row.closed_at).date() if row.closed_at else None,
                detail=detail if row.state != PrioritisationState.PREPARING else "",
                expected=_("Votre avis est attendu : quelques minutes suffisent.") if expects else "",
                todo=_address(slug, "prioritisation_answer", row.pk) if expects else "",
            )
        )  # fmt: skip
    return view


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """« Votre avis est attendu »: the voices this person may give and that have not finished; one query."""
    whole = Brought()
    able = {viewer.space.pk: viewer for viewer in viewers if viewer.can("prioritisation.answer")}
    if not able:
        return whole
    mine = Q(person_id=user.person_id)
    for viewer in able.values():
        mine |= Q(space=viewer.space, organisation_id__in=viewer.organisation_ids)
    rows = (
        Voice.objects.filter(mine, space__in=able, done_at=None, prioritisation__state=PrioritisationState.OPEN)
        .filter(prioritisation__deadline__gt=timezone.now())
        .select_related("prioritisation", "organisation", "person")
        .order_by("prioritisation__deadline", "pk")
    )
    for voice in rows:
        row, slug = voice.prioritisation, able[voice.space_id].space.slug
        last = timezone.localtime(row.deadline).date() if row.deadline else None
        started = voice.saved_at is not None
        note = _("Pour %(voice)s, jusqu’au %(day)s") % {"voice": voice, "day": date_short(last) if last else ""}
        whole.todos.append(
            Todo(
                title=_("Votre avis est attendu : « %(title)s »") % {"title": row.title},
                href=reverse(
                    "decisions:prioritisation_answer_for", kwargs={"slug": slug, "pk": row.pk, "voice_id": voice.pk}
                ),
                action=_("Continuer") if started else _("Répondre"), note=note, icon="bar-chart-steps", tone="brick",
                due=last, order=15, space_id=voice.space_id,
            )
        )  # fmt: skip
    return whole


def history_url(object_id: str) -> str:
    """The page of a prioritisation named by the journal; nothing when it was thrown away."""
    row = Prioritisation.objects.filter(pk=object_id).select_related("space").first()
    return _address(row.space.slug, "prioritisation", row.pk) if row else ""


# The history of a prioritisation is read by the coco, like the journal.
history_of = read_with("prioritisation.analyse")
