"""Preparing and adopting the rules of complex cases: a draft is edited, an adopted version is frozen (I4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.enums.complexity import AssessmentCause, RulesState
from concertoit.field.cases.models import ComplexityRules
from concertoit.field.cases.queries.complexity import rules_in_force
from concertoit.field.cases.rules.complexity import Criterion, Edition
from concertoit.field.cases.rules.complexity_edition import (
    BadRules,
    digest_of,
    from_json,
    to_json,
    with_criterion,
    without,
)
from concertoit.field.cases.services.complexity import assess_space
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer

WRONG = {
    "empty": gettext_lazy("Un critère compare au moins un fait."),
    "title": gettext_lazy("Donnez un nom au critère."),
    "many": gettext_lazy("Trois comparaisons au plus : au-delà, faites un second critère."),
    "value": gettext_lazy("Cette valeur sort de l’échelle de ce fait."),
    "op": gettext_lazy("Une question par oui ou non se compare avec « est »."),
    "months": gettext_lazy(
        "Dites sur combien de mois ce fait se compte (de 1 à 120); laissez vide pour un fait qui ne se compte pas "
        "sur une durée."
    ),
    "needed": gettext_lazy("De 1 à 9 critères."),
    "given": gettext_lazy("Ce critère se désactive, il ne s’efface pas."),
}


@transaction.atomic
def open_draft(*, viewer: Viewer) -> ComplexityRules:
    """The draft that is open, or a new one from the rules in force."""
    viewer.must("cases.setup")
    known = ComplexityRules.objects.filter(space=viewer.space, state=RulesState.DRAFT).first()
    if known is not None:
        return known
    last = ComplexityRules.objects.filter(space=viewer.space).aggregate(last=Max("number"))["last"] or 0
    row = ComplexityRules.objects.create(
        space=viewer.space, number=last + 1, edition=to_json(rules_in_force(viewer.space).edition)
    )
    _journal(viewer, "cases.rules_drafted", row)
    return row


def _journal(viewer: Viewer, verb: str, row: ComplexityRules) -> None:
    record_row(row, _("version %(number)s") % {"number": row.number}, actor=viewer.user, verb=verb)


def _change(viewer: Viewer, change: Callable[[Edition], Edition]) -> ComplexityRules:
    """Change the draft, under lock. Raises ``NotVisible`` without one, ``DomainError`` outside the vocabulary."""
    viewer.must("cases.setup")
    row = must_exist(
        ComplexityRules.objects.select_for_update().filter(space=viewer.space, state=RulesState.DRAFT).first()
    )
    try:
        row.edition = to_json(from_json(to_json(change(from_json(row.edition)))))
    except BadRules as error:
        raise DomainError(WRONG.get(error.code, _("Ce critère ne se lit pas."))) from None
    row.save(update_fields=["edition", "updated_at"])
    return row


@transaction.atomic
def save_criterion(*, viewer: Viewer, criterion: Criterion) -> ComplexityRules:
    """Write a criterion of the draft."""
    return _change(viewer, lambda edition: with_criterion(edition, criterion))


@transaction.atomic
def turn(*, viewer: Viewer, code: str, on: bool) -> ComplexityRules:
    """Turn a criterion of the draft on or off."""

    def change(edition: Edition) -> Edition:
        found = must_exist(next((one for one in edition.criteria if one.code == code), None))
        return with_criterion(edition, replace(found, on=on))

    return _change(viewer, change)


@transaction.atomic
def remove_criterion(*, viewer: Viewer, code: str) -> ComplexityRules:
    """Take a criterion of the team's own out of the draft."""
    return _change(viewer, lambda edition: without(edition, code))


@transaction.atomic
def set_needed(*, viewer: Viewer, others_needed: int) -> ComplexityRules:
    """How many of the other criteria propose together."""
    return _change(viewer, lambda edition: replace(edition, others_needed=others_needed))


@transaction.atomic
def discard(*, viewer: Viewer) -> None:
    """Throw the draft away; the rules in force stay."""
    viewer.must("cases.setup")
    row = must_exist(
        ComplexityRules.objects.select_for_update().filter(space=viewer.space, state=RulesState.DRAFT).first()
    )
    _journal(viewer, "cases.rules_discarded", row)
    row.delete()


@transaction.atomic
def adopt(*, viewer: Viewer, adopted_on: date, adopted_in: str, note: str = "") -> ComplexityRules:
    """Freeze the draft as the partners adopted it by consent, then judge every open case by it.

    Raises ``DomainError`` without saying who consented, or when no criterion is on.
    """
    viewer.must("cases.setup")
    row = must_exist(
        ComplexityRules.objects.select_for_update().filter(space=viewer.space, state=RulesState.DRAFT).first()
    )
    if not adopted_in.strip():
        raise DomainError(_("Dites qui a adopté ces règles par consentement."), field="adopted_in")
    edition = from_json(row.edition)
    if not any(one.on for one in edition.criteria):
        raise DomainError(_("Gardez au moins un critère actif."))
    row.state, row.digest, row.adopted_on = RulesState.ADOPTED, digest_of(edition), adopted_on
    row.adopted_in, row.note, row.adopted_by = adopted_in.strip()[:160], note.strip(), viewer.user
    row.save()
    _journal(viewer, "cases.rules_adopted", row)
    assess_space(space=viewer.space, cause=AssessmentCause.RULES)
    return row
