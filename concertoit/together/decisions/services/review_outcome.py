"""The outcome of a review becomes the next draft: applied at once, taken back while nobody touches the draft."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import ReviewState, ReviewVerdict
from concertoit.together.decisions.models import Review, ReviewedAction
from concertoit.together.decisions.services.reviews import journal, locked
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import PlanNode, PlanVersion
from concertoit.together.plans.services import rewinding
from concertoit.together.plans.services.content import change_node, content_of, remove_node
from concertoit.together.plans.services.versions import abandon_draft, draft_of, open_draft


@transaction.atomic
def apply(*, viewer: Viewer, review_id: int) -> Review:
    """Make the next draft from the outcome: what is stopped leaves it, what is corrected is rewritten, the rest stays.

    One transaction: a refusal leaves nothing half done. Raises ``DomainError`` while the review is open, or while an
    action has no outcome.
    """
    viewer.must("review.run")
    review = locked(viewer, review_id)
    if review.state != ReviewState.CLOSED:
        raise DomainError(_("Terminez d’abord la révision."))
    if review.actions.filter(outcome="").exists():
        raise DomainError(_("Fixez l’issue de chaque action avant d’appliquer la révision."))
    review.opened_draft = draft_of(review.version.plan) is None
    draft = open_draft(viewer=viewer, plan=review.version.plan)
    review.undo = "" if review.opened_draft else rewinding.keep(draft)
    counts = dict.fromkeys(ReviewVerdict, 0)
    for action in review.actions.order_by("position", "pk"):
        counts[ReviewVerdict(action.outcome)] += 1
        _apply_one(viewer, draft, action)
    review.draft, review.state, review.applied_at = draft, ReviewState.APPLIED, timezone.now()
    review.applied_sha256 = rewinding.fingerprint(draft)
    review.save()
    after = {
        "version": draft.number, "kept": counts[ReviewVerdict.KEEP], "fixed": counts[ReviewVerdict.FIX],
        "stopped": counts[ReviewVerdict.STOP],
    }  # fmt: skip
    journal(viewer, "review.applied", review, after=after)
    return review


def _apply_one(viewer: Viewer, draft: PlanVersion, action: ReviewedAction) -> None:
    """One action; one that has already left the draft is left alone."""
    if action.outcome == ReviewVerdict.KEEP:
        return
    rows = PlanNode.objects.select_related("version__plan", "space", "item")
    node = rows.filter(version=draft, item_id=action.item_id).first()
    if node is None:
        return
    if action.outcome == ReviewVerdict.STOP:
        remove_node(viewer=viewer, node=node)
        return
    content = content_of(node)
    content.title, content.description = action.new_title, action.new_description
    change_node(viewer=viewer, node=node, content=content)


def is_untouched(review: Review) -> bool:
    """Whether the draft still says what the review made of it."""
    draft = review.draft
    if review.state != ReviewState.APPLIED or draft is None or draft.state != VersionState.DRAFT:
        return False
    return rewinding.fingerprint(draft) == review.applied_sha256


@transaction.atomic
def undo(*, viewer: Viewer, review_id: int) -> Review:
    """Give the draft what it said before (none when the review opened it). Raises ``DomainError`` once it was touched."""
    viewer.must("review.run")
    review = locked(viewer, review_id)
    draft = review.draft
    if draft is None or not is_untouched(review):
        raise DomainError(_("L’ébauche a changé depuis : l’application ne s’annule plus d’elle-même."))
    if review.opened_draft:
        abandon_draft(viewer=viewer, version=draft)
    else:
        rewinding.rewind(draft, review.undo)
    journal(viewer, "review.apply_undone", review, before={"version": draft.number})
    review.draft, review.state, review.applied_at = None, ReviewState.CLOSED, None
    review.undo, review.applied_sha256, review.opened_draft = "", "", False
    review.save()
    return review
