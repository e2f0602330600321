"""Remarks about an item: whoever sits at the table writes them, the people named with @ are told."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.together.plans import notifications
from concertoit.together.plans.models import Comment
from concertoit.together.plans.queries.items import item_for
from concertoit.together.plans.rules.mentions import mentioned
from concertoit.together.plans.services import indexing
from concertoit.together.plans.services.news import NOTE_MAX, journal
from concertoit.together.plans.services.signing import author_of


def members_with_account(viewer: Viewer) -> list[User]:
    """People of the démarche today who have an account, by name."""
    people = Membership.objects.filter(in_force(), space=viewer.space, person__user__is_active=True)
    return list(User.objects.filter(person__in=people.values("person_id")).order_by("name", "pk"))


@transaction.atomic
def add_comment(*, viewer: Viewer, item_id: int, body: str) -> Comment:
    """Write a remark; members named with @ get a notice. Raises ``DomainError`` for an empty one."""
    viewer.must("plan.comment")
    view = item_for(viewer, item_id)
    text = body.strip()
    if not text:
        raise DomainError(_("Le commentaire est vide."), field="body")
    if len(text) > NOTE_MAX:
        raise DomainError(_("Le commentaire est trop long."), field="body")
    comment = Comment.objects.create(space=viewer.space, item=view.item, body=text, author=viewer.user)
    named = _named(viewer, text)
    comment.mentions.set(named)
    indexing.comment_written(comment)
    journal(author_of(viewer), "plan.comment_added", view.item, view.node, after={"comment": text})
    notifications.mentioned(users=named, viewer=viewer, node=view.node, comment=comment)
    return comment


def _named(viewer: Viewer, text: str) -> list[Any]:
    if "@" not in text:
        return []
    people = {user.pk: user for user in members_with_account(viewer)}
    names: Iterable[tuple[int, str]] = [(pk, user.name) for pk, user in people.items()]
    return [people[pk] for pk in mentioned(text, names)]


@transaction.atomic
def withdraw_comment(*, viewer: Viewer, item_id: int, comment_id: int) -> None:
    """Withdraw one's own remark (the coordination, anybody's). It disappears from the page and stays in the journal."""
    view = item_for(viewer, item_id)
    comment = must_exist(Comment.objects.filter(pk=comment_id, item_id=item_id, withdrawn_at=None).first())
    if comment.author_id != viewer.user.pk:
        viewer.must("plan.followup.all")
    comment.withdrawn_at = timezone.now()
    comment.save(update_fields=["withdrawn_at", "updated_at"])
    indexing.comment_written(comment)
    journal(author_of(viewer), "plan.comment_withdrawn", view.item, view.node, before={"comment": comment.body})
