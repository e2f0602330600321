"""Referrals at every step, for tests and the permission table."""

from __future__ import annotations

from datetime import date
from typing import Any

from concertoit.field.logbook.models import Edition, Referral, Term
from concertoit.field.logbook.services import referral_links, referrals
from concertoit.field.logbook.services.referrals import Consent, ReferralFacts
from tests.field.directory import made as directory
from tests.personas import Table


def reason(table: Table, label: str = "Aide alimentaire") -> Term:
    """A main reason of a list of the démarche."""
    edition, _new = Edition.objects.get_or_create(
        space=table.space, code="essai", defaults={"name": "Listes d’essai", "starts_on": date(2020, 1, 1)}
    )
    known = Term.objects.filter(edition=edition, kind="reason", label=label).first()
    bit = Term.objects.filter(edition=edition, kind="reason").count()
    return known or Term.objects.create(edition=edition, kind="reason", code=f"r{bit}", bit=bit, label=label)


def referral_of(table: Table, who: str = "worker", *, consent: bool = True, **facts: Any) -> Referral:
    """A referral to a service of the directory, sent unless told otherwise."""
    said: dict[str, Any] = {
        "destination": "community", "main_reason": reason(table), "service": directory.service_of(table),
        "consent": Consent() if consent else None, "told": consent,
    } | facts  # fmt: skip
    return referrals.refer(viewer=table.viewer(who), facts=ReferralFacts(**said))


def one(table: Table) -> Referral:
    """The referral of the worker; the same one each time."""
    return Referral.objects.filter(space=table.space).first() or referral_of(table)


def linked(table: Table, who: str = "worker", **facts: Any) -> tuple[Referral, str]:
    """A referral whose resource has its link, and the token."""
    row = referral_of(table, who, **facts)
    row = referral_links.send_link(viewer=table.viewer(who), referral_id=row.pk, email="accueil@exemple.test")
    return row, referral_links.token_of(row)
