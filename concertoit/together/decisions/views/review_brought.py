"""What reviews bring elsewhere: « Décider », « Ma table », the differences between versions, the page of an action."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Todo
from concertoit.ground.ui.panels import Panel
from concertoit.together.decisions.enums import ReviewManner, ReviewState, ReviewVerdict
from concertoit.together.decisions.models import Review, ReviewedAction, ReviewVoice
from concertoit.together.decisions.queries.home import Entry, StageView
from concertoit.together.decisions.queries.reviews import proposals_between, settled_between
from concertoit.together.plans.models import PlanVersion
from concertoit.together.plans.queries.lineage import LineageNote

TONES = {
    ReviewState.PREPARING: "neutral", ReviewState.OPEN: "brick", ReviewState.CLOSED: "sun", ReviewState.APPLIED: "ok",
}  # fmt: skip


def _address(slug: str, name: str, pk: int) -> str:
    return reverse(f"decisions:{name}", kwargs={"slug": slug, "review_id": pk})


def _answered(viewers: Sequence[Viewer], rows: Sequence[Review]) -> set[int]:
    """Reviews where one of the viewers' organisations has already answered; one query."""
    organisations = {pk for viewer in viewers for pk in viewer.organisation_ids}
    voices = ReviewVoice.objects.filter(review__in=rows, organisation__in=organisations).exclude(answered_at=None)
    return set(voices.values_list("review_id", flat=True))


def expected(viewer: Viewer, row: Review, answered: bool) -> tuple[str, str]:
    """What waits for this viewer in a review, and where; two empty texts when nothing does."""
    slug = viewer.space.slug
    here = _address(slug, "review", row.pk)
    if row.state == ReviewState.OPEN and row.manner == ReviewManner.PARTNERS:
        if viewer.can("review.take_part") and viewer.organisation_ids and not answered:
            return _("L’avis de votre organisme est attendu."), _address(slug, "review_opinion", row.pk)
    elif row.state == ReviewState.OPEN and viewer.can("review.together"):
        return _("L’issue des actions se fixe ensemble."), here
    if row.state == ReviewState.CLOSED and viewer.can("review.run"):
        return _("Fixez l’issue des actions, puis appliquez-la à l’ébauche."), here
    return "", ""


def stage(viewer: Viewer) -> StageView:
    """The reviews of the démarche, on « Décider »; two queries."""
    slug = viewer.space.slug
    rows = list(
        Review.objects.filter(space=viewer.space)
        .defer("undo")
        .annotate(total=Count("actions"), settled=Count("actions", filter=~Q(actions__outcome="")))
        .order_by("-pk")
    )
    answered = _answered([viewer], rows)
    view = StageView(
        what=gettext_lazy(
            "Conserver, corriger ou cesser chaque action en cours; le résultat fait la prochaine ébauche."
        ),
        icon="clipboard-check",
        start=reverse("decisions:review_add", kwargs={"slug": slug}) if viewer.can("review.run") else "",
        start_label=gettext_lazy("Préparer une révision"),
    )
    for row in rows:
        what, where = expected(viewer, row, row.pk in answered)
        counts = {"settled": row.settled, "total": row.total}
        view.entries.append(
            Entry(
                title=row.title,
                href=_address(slug, "review", row.pk),
                state=str(row.get_state_display()),
                tone=TONES[ReviewState(row.state)],
                open=row.state == ReviewState.OPEN,
                on=row.closes_on,
                detail=_("%(settled)s actions fixées sur %(total)s") % counts if row.total else "",
                expected=what,
                todo=where,
            )
        )
    return view


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Reviews that wait for this person; two queries whatever the number of démarches."""
    by_space = {viewer.space.pk: viewer for viewer in viewers if viewer.can("review.take_part")}
    whole = Brought()
    if not by_space:
        return whole
    waiting = Review.objects.filter(space__in=by_space, state__in=[ReviewState.OPEN, ReviewState.CLOSED]).defer("undo")
    rows = list(waiting.annotate(total=Count("actions")).order_by("pk"))
    answered = _answered(list(by_space.values()), rows)
    for row in rows:
        viewer = by_space[row.space_id]
        what, where = expected(viewer, row, row.pk in answered)
        if what:
            title = ngettext(
                "Revoir %(n)s action : « %(title)s »", "Revoir %(n)s actions : « %(title)s »", row.total
            ) % {"n": row.total, "title": row.title}
            whole.todos.append(
                Todo(
                    title=title, href=where, action=_("Y aller"), note=what, icon="clipboard-check", tone="brick",
                    due=row.closes_on, order=15, space_id=row.space_id,
                )
            )  # fmt: skip
    return whole


def _said(action: ReviewedAction) -> str:
    words = {"title": action.review.title, "outcome": str(action.get_outcome_display()).lower(), "why": action.reason}
    if action.reason:
        return _("Révision « %(title)s » : %(outcome)s. %(why)s") % words
    return _("Révision « %(title)s » : %(outcome)s.") % words


def lineage(viewer: Viewer, old: PlanVersion, new: PlanVersion) -> dict[str, list[LineageNote]]:
    """Beside each change between two versions: what the review settled, the ideas it comes from; six queries."""
    slug = viewer.space.slug
    found: dict[str, list[LineageNote]] = defaultdict(list)
    for action in settled_between(old, new):
        if action.outcome != ReviewVerdict.KEEP and action.item:
            note = LineageNote(_said(action), _address(slug, "review", action.review_id), "clipboard-check")
            found[str(action.item.uid)].append(note)
    for one in proposals_between(old, new):
        if one.item is None:
            continue
        count = len(one.ideas.all())
        text = ngettext(
            "Vient de l’atelier « %(title)s » (%(n)s idée).", "Vient de l’atelier « %(title)s » (%(n)s idées).", count
        ) % {"title": one.workshop.title, "n": count}
        where = reverse("decisions:workshop_summary", kwargs={"slug": slug, "workshop_id": one.workshop_id})
        found[str(one.item.uid)].append(LineageNote(text, where, "lightbulb"))
    return found


def compare_panel(viewer: Viewer, versions: tuple[PlanVersion, PlanVersion]) -> Panel | None:
    """Above the differences: what became of every action, those that were kept included."""
    rows = settled_between(*versions)
    if not rows:
        return None
    counts = {verdict: sum(row.outcome == verdict for row in rows) for verdict in ReviewVerdict}
    reviews = {row.review_id: row.review for row in rows}
    context = {"counts": counts, "reviews": list(reviews.values()), "new": len(proposals_between(*versions))}
    return Panel("decisions.review", "decisions/review_compare_panel.html", context, order=10)


def history_url(object_id: str) -> str:
    """The page of a review."""
    row = Review.objects.select_related("space").filter(pk=object_id).first()
    return _address(row.space.slug, "review", row.pk) if row else ""
