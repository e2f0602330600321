"""Writing the change strategy: axes, changes, signs, values kept, readings; or a whole one pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.spaces.policies import Viewer
from concertoit.insight.evaluation.enums import Seen
from concertoit.insight.evaluation.models import ExpectedChange, Reading, Sign, SignValue, StrategyAxis
from concertoit.insight.evaluation.queries.metrics import BY_CODE, SMALLEST
from concertoit.insight.evaluation.queries.strategy import plan_axes
from concertoit.insight.evaluation.rules.pasted import Pasted


@transaction.atomic
def save_axis(
    *, viewer: Viewer, number: int, name: str, item_id: int | None = None, row: StrategyAxis | None = None
) -> StrategyAxis:
    """Write an axis, tied to one of the plan's or not. Raises ``DomainError`` for a number taken."""
    viewer.must("evaluation.write")
    others = StrategyAxis.objects.filter(space=viewer.space, number=number)
    if (others.exclude(pk=row.pk) if row else others).exists():
        raise DomainError(_("Un axe porte déjà ce numéro."), field="number")
    if item_id is not None and item_id not in dict(plan_axes(viewer.space)):
        raise NotVisible("")
    axis = row or StrategyAxis(space=viewer.space)
    axis.number, axis.name, axis.item_id = number, name.strip(), item_id
    axis.save()
    record_row(axis, axis, actor=viewer.user, verb="evaluation.axis_saved")
    return axis


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change as a person words it."""

    kind: str
    text: str
    audience: str = ""
    axes: Sequence[StrategyAxis] = ()


@transaction.atomic
def save_change(*, viewer: Viewer, facts: ChangeFacts, row: ExpectedChange | None = None) -> ExpectedChange:
    """Add a change, or change its words. Raises ``DomainError`` without words, ``NotVisible`` for another's axes."""
    viewer.must("evaluation.write")
    if not facts.text.strip():
        raise DomainError(_("Écrivez le changement attendu."), field="text")
    if any(axis.space_id != viewer.space.pk for axis in facts.axes):
        raise NotVisible("")
    change = row or ExpectedChange(space=viewer.space, position=_next_position(viewer, facts.kind))
    before = _values(change) if row else None
    change.kind, change.text, change.audience = facts.kind, facts.text.strip(), facts.audience.strip()
    change.save()
    change.axes.set(facts.axes)
    verb = "evaluation.change_edited" if row else "evaluation.change_added"
    record_row(change, change.text, actor=viewer.user, verb=verb, before=before, after=_values(change))
    return change


def _values(change: ExpectedChange) -> dict[str, Any]:
    axes = sorted(change.axes.order_by("number").values_list("number", flat=True)) if change.pk else []
    return {"text": change.text, "kind": change.kind, "audience": change.audience, "axes": axes}


def _next_position(viewer: Viewer, kind: str) -> int:
    rows = ExpectedChange.objects.filter(space=viewer.space, kind=kind)
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def retire_change(*, viewer: Viewer, change: ExpectedChange, reason: str) -> None:
    """No longer expect a change; what was read of it stays. Raises ``DomainError`` without a reason."""
    viewer.must("evaluation.write")
    if not reason.strip():
        raise DomainError(_("Dites pourquoi ce changement n’est plus attendu."), field="reason")
    change.retired_on, change.retired_reason = timezone.localdate(), reason.strip()[:300]
    change.save(update_fields=["retired_on", "retired_reason", "updated_at"])
    record_row(change, change.text, actor=viewer.user, verb="evaluation.change_retired", note=change.retired_reason)


@transaction.atomic
def resume_change(*, viewer: Viewer, change: ExpectedChange) -> None:
    """Expect it again."""
    viewer.must("evaluation.write")
    change.retired_on, change.retired_reason = None, ""
    change.save(update_fields=["retired_on", "retired_reason", "updated_at"])
    record_row(change, change.text, actor=viewer.user, verb="evaluation.change_resumed")


@dataclass(frozen=True, slots=True)
class SignFacts:
    """A sign: counted by the platform (``metric``), or measured elsewhere (``source``)."""

    name: str = ""
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    source: str = ""


@transaction.atomic
def save_sign(*, viewer: Viewer, change: ExpectedChange, facts: SignFacts, row: Sign | None = None) -> Sign:
    """Write a sign. Raises ``DomainError`` for one without a name nor a count, or measured elsewhere without a source."""
    viewer.must("evaluation.write")
    metric = BY_CODE.get(facts.metric)
    if facts.metric and metric is None:
        raise DomainError(_("Choisissez un compte de la liste."), field="metric")
    name = facts.name.strip() or (str(metric.label) if metric else "")
    if not name:
        raise DomainError(_("Nommez le signe, ou choisissez ce que la plateforme compte."), field="name")
    if metric is None and not facts.source.strip():
        raise DomainError(_("Dites d’où viendront les valeurs."), field="source")
    sign = row or Sign(space=viewer.space, change=change)
    sign.name, sign.metric = name[:200], facts.metric
    sign.unit = facts.unit.strip() or (str(metric.unit) if metric else "")
    sign.baseline, sign.target = facts.baseline, facts.target
    sign.source = facts.source.strip() or (str(metric.source) if metric else "")
    sign.save()
    record_row(sign, sign.name, actor=viewer.user, verb="evaluation.sign_saved")
    return sign


@transaction.atomic
def keep_value(
    *, viewer: Viewer, sign: Sign, since: date, until: date, value: Decimal | None = None, source: str = "",
    note: str = "",
) -> SignValue:  # fmt: skip
    """Keep the value of a sign for a period: what the platform counts now, or what a person brings with its source.

    Raises ``DomainError`` for a period the wrong way round or to come, a value missing or too small to be told.
    """
    viewer.must("evaluation.write")
    if until < since:
        raise DomainError(_("La fin vient après le début."), field="until")
    if until > timezone.localdate():
        raise DomainError(_("La période n’est pas finie : retenez-la ensuite."), field="until")
    metric, out_of = BY_CODE.get(sign.metric), None
    if metric:
        counted = metric.count(viewer.space, since, until)
        value, out_of, source = counted.value, counted.out_of, str(metric.source)
        if value is None:
            raise DomainError(
                _("Moins de %(least)s personnes ou dossiers dans cette période : rien n’est retenu.")
                % {"least": SMALLEST}
            )
    if value is None:
        raise DomainError(_("Écrivez la valeur."), field="value")
    row = SignValue.objects.create(
        space=viewer.space, sign=sign, since=since, until=until, value=value, out_of=out_of,
        source=(source.strip() or sign.source)[:200], note=note.strip()[:300], read_at=timezone.now(),
        read_by=str(viewer.user)[:160],
    )  # fmt: skip
    record_row(sign, sign.name, actor=viewer.user, verb="evaluation.value_kept", note=str(value))
    return row


@transaction.atomic
def read_change(*, viewer: Viewer, change: ExpectedChange, on: date, seen: str, words: str) -> Reading:
    """Add a reading, dated and signed. Raises ``DomainError`` without a reason, or for a day to come."""
    viewer.must("evaluation.write")
    if on > timezone.localdate():
        raise DomainError(_("Cette date est à venir."), field="on")
    if not words.strip():
        raise DomainError(_("Dites ce qui le fait dire : un chiffre, un témoignage, un fait."), field="words")
    row = Reading.objects.create(
        space=viewer.space, change=change, on=on, seen=seen, words=words.strip(), by=str(viewer.user)[:160]
    )
    record_row(
        change, change.text, actor=viewer.user, verb="evaluation.read", after={"seen": seen}, note=Seen(seen).label
    )
    return row


@transaction.atomic
def write_pasted(*, viewer: Viewer, pasted: Pasted) -> int:
    """Write a strategy that was pasted and seen; what is there word for word is not written twice. Answers how many."""
    viewer.must("evaluation.write")
    axes = {axis.number: axis for axis in StrategyAxis.objects.filter(space=viewer.space)}
    for number, name in sorted(pasted.axes.items()):
        if number not in axes:
            axes[number] = save_axis(viewer=viewer, number=number, name=name)
    known = set(ExpectedChange.objects.filter(space=viewer.space).values_list("kind", "text"))
    new = [change for change in pasted.changes if (change.kind, change.text) not in known]
    if not new:
        raise DomainError(_("Rien de nouveau : ces changements sont déjà dans la stratégie."), field="text")
    last = None
    for change in new:
        facts = ChangeFacts(change.kind, change.text, axes=[axes[number] for number in change.axes])
        last = save_change(viewer=viewer, facts=facts)
    if last is not None:
        record_row(last, _("Stratégie de changement"), actor=viewer.user, verb="evaluation.pasted", note=str(len(new)))
    return len(new)
