"""Rows of the permission table: referrals. The worker's referral; the lead reads it, since the démarche has no team."""

from __future__ import annotations

from typing import Any

from tests.field.logbook import made_referrals as made
from tests.permissions import FIELD_TEAM, MEMBERS, NO, PUBLIC, Row, row
from tests.personas import Table

L = "logbook:"
FIGURES = MEMBERS.but(observer=NO)


def referral(table: Table) -> dict[str, Any]:
    return {"referral_id": made.one(table).pk}


def token(table: Table) -> dict[str, Any]:
    return {"token": made.linked(table)[1]}


ROWS: list[Row] = [
    row(f"{L}referrals", read=FIELD_TEAM),
    row(f"{L}referral_new", read=FIELD_TEAM, write=FIELD_TEAM),
    row(f"{L}referral_figures", read=FIGURES),
    row(f"{L}referral", referral, read=FIELD_TEAM),
    row(f"{L}referral_move", referral, write=FIELD_TEAM, data={"to": "accepted"}),
    row(f"{L}referral_link", referral, write=FIELD_TEAM, data={"email": "accueil@exemple.test"}),
    row(f"{L}referral_consent", referral, write=FIELD_TEAM, data={"consent_by": "self", "consent_means": "spoken"}),
    row(f"{L}handover_remove", referral, write=FIELD_TEAM),
    row(f"{L}referral_answer", token, read=PUBLIC, write=PUBLIC, data={"to": "accepted"}),
]
