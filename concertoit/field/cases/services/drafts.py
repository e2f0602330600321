"""A report that a person writes in several steps, perhaps over several days: kept under its code, sent once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from concertoit.field.cases.enums import Channel
from concertoit.field.cases.models import Report, ReportDraft
from concertoit.field.cases.queries.codes import digest_of_uid
from concertoit.field.cases.rules.intake import DRAFT_DAYS
from concertoit.field.cases.services.forgetting import destroy_drafts
from concertoit.field.cases.services.intake import Told, keep_photos, receive_report
from concertoit.field.cases.services.people import Contact, Living
from concertoit.ground.spaces.models import Space


@transaction.atomic
def begin(*, space: Space, language: str) -> ReportDraft:
    """Begin a report; its code is ``queries.codes.code_of(draft.uid)``. It is destroyed if it is not sent in time."""
    uid = uuid.uuid4()
    return ReportDraft.objects.create(
        space=space, uid=uid, code_digest=digest_of_uid(uid), answers={"language": language},
        expires_at=timezone.now() + timedelta(days=DRAFT_DAYS),
    )  # fmt: skip


@transaction.atomic
def keep_step(*, draft: ReportDraft, step: str, answers: dict[str, Any]) -> ReportDraft:
    """Keep the answers of a step; the last ones count."""
    row = ReportDraft.objects.select_for_update().get(pk=draft.pk)
    row.answers = {**row.answers, step: answers}
    row.save(update_fields=["answers", "updated_at"])
    return row


@transaction.atomic
def add_photos(*, draft: ReportDraft, photos: Sequence[UploadedFile[Any]]) -> int:
    """Keep photos under the draft's code; they stay with the report. Raises ``DomainError`` (field ``photos``)."""
    return keep_photos(report_uid=draft.uid, space=draft.space, photos=photos, actor=None)


@transaction.atomic
def send(*, draft: ReportDraft, told: Told, contact: Contact, living: Living, consents: Sequence[str]) -> Report:
    """Send a draft: it becomes a report with the same code, once, whoever presses twice."""
    report = receive_report(
        space=draft.space, channel=Channel.TENANT, told=told, contact=contact or None, living=living or None,
        consents=consents, language=str(draft.answers.get("language", "fr")), uid=draft.uid,
    )  # fmt: skip
    ReportDraft.objects.filter(pk=draft.pk).delete()
    return report


@transaction.atomic
def abandon(*, draft: ReportDraft) -> None:
    """The person gives up: everything they wrote is destroyed now."""
    destroy_drafts([draft.pk])
