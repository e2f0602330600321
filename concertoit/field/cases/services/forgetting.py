"""What has been kept long enough, and how it goes: drafts, lists, names of closed cases, counts of doors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from concertoit.field.cases.enums import CaseState
from concertoit.field.cases.enums.intake import ReportState
from concertoit.field.cases.models import Case, CaseList, DoorTally, Household, IdentityLook, Report, ReportDraft
from concertoit.field.cases.services.intake import OBJECT
from concertoit.field.cases.services.people import anonymise
from concertoit.ground.files.models import Attachment
from concertoit.ground.privacy.policies import purpose_of
from concertoit.ground.privacy.rules import months_before


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def drafts_due(today: date) -> Iterable[int]:
    """Reports begun and not sent in time."""
    rows = ReportDraft.objects.filter(expires_at__lt=_moment(today))
    return rows.order_by("pk").values_list("pk", flat=True)


def destroy_drafts(ids: list[int]) -> None:
    """Destroy drafts and their photos, bytes included."""
    uids = [str(uid) for uid in ReportDraft.objects.filter(pk__in=ids).values_list("uid", flat=True)]
    for attachment in Attachment.objects.filter(object_type=OBJECT, object_id__in=uids).order_by("pk"):
        attachment.file.delete(save=False)
        attachment.delete()
    ReportDraft.objects.filter(pk__in=ids).delete()


def lists_due(today: date) -> Iterable[int]:
    """Lists read whose lines still hold what was in the file, past their day."""
    rows = CaseList.objects.filter(expires_at__lt=_moment(today)).exclude(rows=[])
    return rows.order_by("pk").values_list("pk", flat=True)


def empty_lists(ids: list[int]) -> None:
    """Forget the lines of lists; their name and their counts stay."""
    CaseList.objects.filter(pk__in=ids).update(rows=[], updated_at=timezone.now())


def households_due(today: date) -> Iterable[int]:
    """Households whose cases are all closed, and whose reports wait for nothing, since the time their purpose says."""
    before = _moment(months_before(today, purpose_of("cases_household").months))
    still = Case.objects.filter(household_id=OuterRef("pk")).filter(
        ~Q(state=CaseState.CLOSED) | Q(closed_at=None) | Q(closed_at__gte=before)
    )
    told = Report.objects.filter(household_id=OuterRef("pk")).filter(
        Q(state=ReportState.NEW) | Q(decided_at__gte=before) | (Q(case__isnull=False) & ~Q(case__state=CaseState.CLOSED))
        | Q(case__closed_at__gte=before)
    )  # fmt: skip
    rows = Household.objects.filter(anonymised_at=None, created_at__lt=before)
    return rows.exclude(Exists(still)).exclude(Exists(told)).order_by("pk").values_list("pk", flat=True)


def anonymise_households(ids: list[int]) -> None:
    """Leave the building and the numbers; destroy who it was."""
    anonymise(ids)


def looks_due(today: date) -> Iterable[int]:
    """Lines of the log of looks that are old enough."""
    before = _moment(months_before(today, purpose_of("cases_looks").months))
    return IdentityLook.objects.filter(at__lt=before).order_by("pk").values_list("pk", flat=True)


def destroy_looks(ids: list[int]) -> None:
    IdentityLook.objects.filter(pk__in=ids).delete()


def tallies_due(today: date) -> Iterable[int]:
    """Counts of public doors of another day."""
    return DoorTally.objects.filter(day__lt=today).order_by("pk").values_list("pk", flat=True)


def destroy_tallies(ids: list[int]) -> None:
    DoorTally.objects.filter(pk__in=ids).delete()
