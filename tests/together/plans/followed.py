"""Things that hang on the plan's first action, written by the person of organisation x, for tests that need one."""

from __future__ import annotations

from django.utils import timezone

from concertoit.together.plans.models import Comment, ProgressNote
from tests.personas import Table


def note_of(table: Table) -> ProgressNote:
    return ProgressNote.objects.get_or_create(
        space=table.space, item=table.action, author=table.user("partner"), body="Une visite.",
        defaults={"at": timezone.now()},
    )[0]  # fmt: skip


def comment_of(table: Table) -> Comment:
    return Comment.objects.get_or_create(
        space=table.space, item=table.action, author=table.user("partner"), body="Bravo.", withdrawn_at=None
    )[0]
