"""Preparing, opening and closing a review; what each organisation says; what the coordination settles."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.enums import ReviewManner, ReviewState, ReviewVerdict
from concertoit.together.decisions.models import Opinion, Review, ReviewedAction, ReviewVoice
from concertoit.together.decisions.notifications import workshops as notifications
from concertoit.together.decisions.queries.reviews import current_version, tallies
from concertoit.together.decisions.queries.workshop_people import table_users
from concertoit.together.decisions.rules.reviews import Verdict, needs_reason
from concertoit.together.decisions.services import workshop_index
from concertoit.together.plans.models import PlanNode
from concertoit.together.plans.rules.document import NodeKind

Said = Mapping[int, tuple[str, str]]
"""What somebody says: (verdict or nothing, reason) by the action's key."""


def locked(viewer: Viewer, review_id: int) -> Review:
    """A review of the démarche, held until the end of the transaction. Raises ``NotVisible`` for another's."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("space", "version__plan")
    return must_exist(rows.filter(pk=review_id, space=viewer.space).first())


@transaction.atomic
def prepare(*, viewer: Viewer, title: str, manner: ReviewManner, closes_on: date | None = None) -> Review:
    """Prepare a review of the version in force. Raises ``DomainError`` where no plan is in force."""
    viewer.must("review.run")
    version = current_version(viewer.space)
    if version is None:
        raise DomainError(_("Aucun plan n’est en vigueur : il n’y a pas encore d’action à revoir."))
    review = Review(space=viewer.space, version=version, title=title.strip(), manner=manner, closes_on=closes_on)
    review.full_clean(exclude=["space", "version"])
    review.save()
    journal(viewer, "review.created", review, after={"title": review.title, "manner": review.manner})
    workshop_index.reviewed(review)
    return review


@transaction.atomic
def change(*, viewer: Viewer, review_id: int, title: str, manner: ReviewManner, closes_on: date | None) -> Review:
    """Change a review; who gives an opinion does not change once it was opened."""
    viewer.must("review.run")
    review = locked(viewer, review_id)
    if review.opened_at is not None and manner != review.manner:
        raise DomainError(_("La révision a été ouverte : qui se prononce ne change plus."), field="manner")
    review.title, review.manner, review.closes_on = title.strip(), manner, closes_on
    review.full_clean(exclude=["space", "version", "draft"])
    review.save()
    workshop_index.reviewed(review)
    return review


@transaction.atomic
def open_review(*, viewer: Viewer, review_id: int) -> Review:
    """Take the actions as they are in the version in force, and ask for opinions (again)."""
    viewer.must("review.run")
    review = locked(viewer, review_id)
    if review.state not in (ReviewState.PREPARING, ReviewState.CLOSED):
        raise DomainError(_("Cette révision est déjà ouverte, ou son résultat est appliqué."))
    first = review.opened_at is None
    if first:
        _take_actions(viewer, review)
    review.state, review.closed_at = ReviewState.OPEN, None
    review.opened_at = review.opened_at or timezone.now()
    review.save(update_fields=["state", "version", "opened_at", "closed_at", "updated_at"])
    journal(viewer, "review.opened" if first else "review.reopened", review)
    if first:
        verb = "review.together" if review.manner == ReviewManner.TOGETHER else "review.take_part"
        notifications.review_opened(
            viewer=viewer, review=review, users=table_users(viewer.space, verb), actions=review.actions.count()
        )
    return review


def _take_actions(viewer: Viewer, review: Review) -> None:
    version = current_version(viewer.space)
    if version is None:
        raise DomainError(_("Aucun plan n’est en vigueur : il n’y a pas encore d’action à revoir."))
    review.version = version
    nodes = (
        PlanNode.objects.filter(version=version, kind=NodeKind.ACTION).select_related("axis").order_by("order", "pk")
    )
    rows = [
        ReviewedAction(
            space=review.space, review=review, item_id=node.item_id, axis=str(node.axis or ""), code=node.code,
            title=node.title, description=node.description, position=position,
        )
        for position, node in enumerate(nodes)
    ]  # fmt: skip
    if not rows:
        raise DomainError(_("Le plan en vigueur n’a aucune action à revoir."))
    ReviewedAction.objects.bulk_create(rows)


@transaction.atomic
def close_review(*, viewer: Viewer, review_id: int) -> Review:
    """Stop receiving opinions."""
    viewer.must("review.run")
    review = locked(viewer, review_id)
    if review.state != ReviewState.OPEN:
        raise DomainError(_("Cette révision n’est pas ouverte."))
    review.state, review.closed_at = ReviewState.CLOSED, timezone.now()
    review.save(update_fields=["state", "closed_at", "updated_at"])
    journal(viewer, "review.closed", review)
    return review


@transaction.atomic
def give_opinion(*, viewer: Viewer, review_id: int, organisation_id: int, said: Said) -> ReviewVoice:
    """Write what an organisation says, by one of its people. Raises ``NotAllowed`` for another organisation."""
    viewer.must("review.take_part")
    review = locked(viewer, review_id)
    if organisation_id not in viewer.organisation_ids:
        raise NotAllowed("")
    voice = ReviewVoice.objects.get_or_create(
        review=review, organisation_id=organisation_id, defaults={"space": review.space}
    )[0]
    write_opinions(review, voice, said)
    journal(viewer, "review.opinion_given", review, after={"organisation": str(voice.organisation)})
    return voice


def write_opinions(review: Review, voice: ReviewVoice, said: Said) -> None:
    """Replace what a voice says of these actions; nothing said takes the opinion back. Called in a transaction."""
    if review.state != ReviewState.OPEN or review.manner != ReviewManner.PARTNERS:
        raise DomainError(_("Cette révision ne reçoit pas d’avis en ce moment."))
    known = {action.pk: action for action in review.actions.all()}
    if not set(said) <= set(known):
        raise NotVisible("")
    for pk, (verdict, reason) in said.items():
        if verdict and needs_reason(verdict, reason):
            words = _("« %(title)s » : dites pourquoi.") % {"title": known[pk].title}
            raise DomainError(words, field=f"raison-{pk}")
    Opinion.objects.filter(voice=voice, action__in=list(said)).delete()
    Opinion.objects.bulk_create(
        Opinion(space=review.space, voice=voice, action=known[pk], verdict=verdict, reason=reason.strip())
        for pk, (verdict, reason) in said.items()
        if verdict
    )
    voice.answered_at = timezone.now()
    voice.save(update_fields=["answered_at", "updated_at"])


@transaction.atomic
def settle(
    *,
    viewer: Viewer,
    review_id: int,
    action_id: int,
    outcome: ReviewVerdict,
    reason: str = "",
    new_title: str = "",
    new_description: str = "",
) -> ReviewedAction:
    """Settle what becomes of an action: by the coco while it reviews together, by the coordination otherwise.

    Raises ``DomainError`` without the reason owed, or for a correction that changes nothing.
    """
    review = locked(viewer, review_id)
    must_settle(viewer, review)
    action = must_exist(review.actions.filter(pk=action_id).first())
    if needs_reason(outcome, reason):
        raise DomainError(_("Dites pourquoi en une phrase : elle suivra l’action."), field="reason")
    title, description = new_title.strip(), new_description.strip()
    if outcome == ReviewVerdict.FIX and title == action.title.strip() and description == action.description.strip():
        raise DomainError(_("Corrigez le titre ou la description : rien n’a changé."), field="new_title")
    if outcome == ReviewVerdict.FIX and not title:
        raise DomainError(_("Écrivez le titre corrigé."), field="new_title")
    before = {"outcome": action.outcome, "reason": action.reason}
    action.outcome, action.reason = outcome, reason.strip()
    fixed = outcome == ReviewVerdict.FIX
    action.new_title, action.new_description = (title, description) if fixed else ("", "")
    action.full_clean(exclude=["space", "review", "item"])
    action.save()
    after = {"action": str(action), "outcome": action.outcome, "reason": action.reason}
    journal(viewer, "review.settled", review, before=before, after=after)
    return action


def must_settle(viewer: Viewer, review: Review) -> None:
    """Raise unless the viewer settles outcomes of this review now."""
    together = review.manner == ReviewManner.TOGETHER and review.state == ReviewState.OPEN
    viewer.must("review.together" if together else "review.run")
    if review.state not in (ReviewState.OPEN, ReviewState.CLOSED):
        raise DomainError(_("L’issue des actions ne se fixe pas en ce moment."))


@transaction.atomic
def settle_unanimous(*, viewer: Viewer, review_id: int) -> int:
    """Keep the actions without outcome that everybody who spoke wants to keep; answers how many."""
    review = locked(viewer, review_id)
    must_settle(viewer, review)
    counted = tallies(review)
    ids = [pk for pk, one in counted.items() if one.unanimous is Verdict.KEEP]
    return _keep(viewer, review, ids)


@transaction.atomic
def keep_the_rest(*, viewer: Viewer, review_id: int) -> int:
    """Keep every action that has no outcome yet; answers how many."""
    review = locked(viewer, review_id)
    must_settle(viewer, review)
    return _keep(viewer, review, list(review.actions.values_list("pk", flat=True)))


def _keep(viewer: Viewer, review: Review, ids: list[int]) -> int:
    count = review.actions.filter(pk__in=ids, outcome="").update(outcome=ReviewVerdict.KEEP)
    if count:
        journal(viewer, "review.settled", review, after={"outcome": ReviewVerdict.KEEP, "kept": count})
    return count


def journal(viewer: Viewer | None, verb: str, review: Review, **values: Any) -> None:
    """A line of the journal about a review; without a viewer, somebody answered by link."""
    record(
        actor=viewer.user if viewer else None,
        verb=verb,
        object_type="decisions.review",
        object_id=review.pk,
        object_label=review.title,
        space_id=review.space_id,
        **values,
    )
