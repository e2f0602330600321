"""Signs of progress: what is measured, each measure with its source, figures contested and answered."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans import notifications
from concertoit.together.plans.models import Contest, Indicator, Measure
from concertoit.together.plans.queries.items import ItemView, item_for
from concertoit.together.plans.services import news
from concertoit.together.plans.services.followup import found, lineage
from concertoit.together.plans.services.signing import author_of

FIELDS = (
    "title", "unit", "direction", "baseline", "baseline_value", "target", "target_value", "target_on", "source",
)  # fmt: skip


def indicator_of(view: ItemView, indicator_id: int) -> Indicator:
    """An indicator of this item. Raises ``NotVisible`` for another's."""
    return must_exist(Indicator.objects.filter(pk=indicator_id, item=view.item).first())


def measure_of(view: ItemView, measure_id: int) -> Measure:
    return must_exist(
        Measure.objects.filter(pk=measure_id, indicator__item=view.item).select_related("indicator").first()
    )


def _plain(indicator: Indicator) -> dict[str, Any]:
    values = {name: getattr(indicator, name) for name in FIELDS}
    return {name: value if isinstance(value, str) else _text(value) for name, value in values.items()}


def _text(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


@transaction.atomic
def define_indicator(*, viewer: Viewer, item_id: int, **values: Any) -> Indicator:
    """Add a sign of progress to an item. ``values``: any of ``FIELDS``; only ``title`` is required."""
    viewer.must("plan.edit")
    view = item_for(viewer, item_id)
    last = Indicator.objects.filter(item=view.item).aggregate(last=Max("position"))["last"]
    indicator = Indicator(space=viewer.space, item=view.item, position=0 if last is None else last + 1, **values)
    indicator.full_clean()
    indicator.save()
    news.journal(author_of(viewer), "plan.indicator_defined", view.item, view.node, after=_plain(indicator))
    return indicator


@transaction.atomic
def edit_indicator(*, viewer: Viewer, item_id: int, indicator_id: int, **values: Any) -> Indicator:
    """Change what an indicator says; its measures stay."""
    viewer.must("plan.edit")
    view = item_for(viewer, item_id)
    indicator = indicator_of(view, indicator_id)
    before = _plain(indicator)
    for name, value in values.items():
        setattr(indicator, name, value)
    indicator.full_clean()
    indicator.save()
    after = _plain(indicator)
    if after != before:
        news.journal(author_of(viewer), "plan.indicator_edited", view.item, view.node, before=before, after=after)
    return indicator


@transaction.atomic
def retire_indicator(*, viewer: Viewer, item_id: int, indicator_id: int, retired: bool = True) -> Indicator:
    """Stop following an indicator (or follow it again); nothing that was measured is lost."""
    viewer.must("plan.edit")
    view = item_for(viewer, item_id)
    indicator = indicator_of(view, indicator_id)
    indicator.retired_at = timezone.now() if retired else None
    indicator.save(update_fields=["retired_at", "updated_at"])
    verb = "plan.indicator_retired" if retired else "plan.indicator_resumed"
    news.journal(author_of(viewer), verb, view.item, view.node, after={"title": indicator.title})
    return indicator


@transaction.atomic
def add_measure(
    *, viewer: Viewer, item_id: int, indicator_id: int, on: date, value: Decimal, source: str, note: str = ""
) -> Measure:
    """Write a value with its date and source. A second one on the same date stands in the place of the first, which
    stays in sight. Raises ``DomainError`` for a date to come, a retired indicator, or a value without source.
    """
    view = found(viewer, item_id)
    indicator = indicator_of(view, indicator_id)
    if indicator.retired_at:
        raise DomainError(_("Cet indicateur n’est plus suivi."))
    if on > timezone.localdate():
        raise DomainError(
            _("On ne mesure pas l’avenir : choisissez une date passée ou celle d’aujourd’hui."), field="on"
        )
    if not source.strip():
        raise DomainError(_("D’où vient ce chiffre? Nommez la source."), field="source")
    measure = Measure(
        space=viewer.space,
        indicator=indicator,
        on=on,
        value=value,
        source=source.strip(),
        note=note,
        author=viewer.user,
    )
    measure.full_clean()
    measure.save()
    news.journal(author_of(viewer), "plan.measure_added", view.item, view.node, after=_measured(measure))
    news.heard(lineage(view))
    return measure


def _measured(measure: Measure) -> dict[str, str]:
    return {
        "indicator": measure.indicator.title,
        "on": measure.on.isoformat(),
        "value": f"{measure.value:f}",
        "source": measure.source,
    }


@transaction.atomic
def contest_measure(
    *, viewer: Viewer, item_id: int, measure_id: int, reason: str, source: str, proposed_value: Decimal | None = None
) -> Contest:
    """Say that a figure is not right, with a source; it stays in sight beside the figure, and its author is told."""
    viewer.must("plan.contest")
    view = item_for(viewer, item_id)
    measure = measure_of(view, measure_id)
    if not reason.strip():
        raise DomainError(_("Dites ce qui ne va pas avec ce chiffre."), field="reason")
    if not source.strip():
        raise DomainError(_("Une contestation s’appuie sur une source : nommez-la."), field="source")
    contest = Contest(
        space=viewer.space, measure=measure, reason=reason.strip(), source=source.strip(),
        proposed_value=proposed_value, author=viewer.user,
    )  # fmt: skip
    contest.full_clean(exclude=["accepted", "answered_by"])
    contest.save()
    news.journal(
        author_of(viewer), "plan.measure_contested", view.item, view.node,
        after={**_measured(measure), "reason": contest.reason, "contest_source": contest.source,
               "proposed_value": _text(proposed_value)},
    )  # fmt: skip
    notifications.contested(viewer=viewer, node=view.node, contest=contest)
    return contest


@transaction.atomic
def answer_contest(*, viewer: Viewer, item_id: int, contest_id: int, accepted: bool, answer: str) -> Contest:
    """Answer a contest. One that is accepted with a value proposed becomes a measure of the same date.

    Raises ``NotVisible`` for a contest of another item, ``DomainError`` when it is answered already or without a word.
    """
    view = found(viewer, item_id)
    rows = Contest.objects.select_for_update(of=("self",)).select_related("measure__indicator")
    contest = must_exist(rows.filter(pk=contest_id, measure__indicator__item=view.item).first())
    if contest.answered_at:
        raise DomainError(_("On a déjà répondu à cette contestation."))
    if not answer.strip():
        raise DomainError(_("Répondez en une phrase."), field="answer")
    contest.answer, contest.accepted = answer.strip(), accepted
    contest.answered_at, contest.answered_by = timezone.now(), viewer.user
    contest.save()
    if accepted and contest.proposed_value is not None:
        Measure.objects.create(
            space=viewer.space, indicator=contest.measure.indicator, on=contest.measure.on,
            value=contest.proposed_value, source=contest.source, author=viewer.user,
            note=_("À la suite d’une contestation : %(answer)s") % {"answer": contest.answer},
        )  # fmt: skip
    news.journal(
        author_of(viewer), "plan.contest_answered", view.item, view.node,
        after={**_measured(contest.measure), "accepted": accepted, "answer": contest.answer},
    )  # fmt: skip
    notifications.contest_answered(viewer=viewer, node=view.node, contest=contest)
    return contest
