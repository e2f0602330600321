"""Committees that a document named twice: made one, with nothing lost, and separated again."""

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity import services as identity
from concertoit.ground.identity.services import Merged
from concertoit.ground.spaces import workflow
from concertoit.ground.spaces.models import BodyMembership, Committee
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.services import indexing

ALIVE = {workflow.ACTIVE: 2, workflow.TO_FORM: 1, workflow.CLOSED: 0}


def declare() -> None:
    """Let committees be merged as organisations are; called when the room is wired."""
    identity.mergeable(Committee, verb="committee.merged", filled=("short_name", "mandate"))


@transaction.atomic
def merge_committees(*, viewer: Viewer, kept: Committee, merged: Committee) -> Merged:
    """Make one committee of two of the démarche: seats, roles in the plan and whatever else points at it follow.

    Somebody who sits in both under the same function keeps one seat; the other stays with the merged committee, and
    comes back with it. Raises ``DomainError`` for one already merged, and when the committee to keep is less alive than
    the other (to form, ended): its state would then be wrong.
    """
    viewer.must("space.manage")
    _must_be_here(viewer, kept, merged)
    if ALIVE[kept.state] < ALIVE[merged.state]:
        raise DomainError(
            _("« %(name)s » est plus avancé : gardez-le plutôt, et fusionnez l’autre dans celui-là.")
            % {"name": merged.name}
        )
    done = identity.merge_rows(actor=viewer.user, kept=kept, merged=merged, space_id=viewer.space.pk)
    _one_seat_each(kept, merged, done.moved.get("spaces.bodymembership.committee_id", []))
    indexing.committees_changed(viewer.space, [kept.pk, merged.pk])
    return done


@transaction.atomic
def unmerge_committee(*, viewer: Viewer, merged: Committee) -> None:
    """Give back to a committee what the merge took. Raises ``DomainError`` when it is not merged."""
    viewer.must("space.manage")
    _must_be_here(viewer, merged)
    kept = merged.merged_into_id
    identity.undo_merge(actor=viewer.user, merged=merged, space_id=viewer.space.pk)
    indexing.committees_changed(viewer.space, [pk for pk in (merged.pk, kept) if pk])


def _must_be_here(viewer: Viewer, *committees: Committee) -> None:
    if any(one.space_id != viewer.space.pk for one in committees):
        raise NotVisible("")


def _one_seat_each(kept: Committee, merged: Committee, moved: list[int]) -> None:
    """Leave with the merged committee the seats that would say a second time who sits there now."""
    taken = {
        (seat.membership_id, seat.function.casefold())
        for seat in BodyMembership.objects.filter(committee=kept, ends_on=None).exclude(pk__in=moved)
    }
    rows = BodyMembership.objects.filter(pk__in=moved, ends_on=None)
    twice = [seat.pk for seat in rows if (seat.membership_id, seat.function.casefold()) in taken]
    BodyMembership.objects.filter(pk__in=twice).update(committee=merged)
