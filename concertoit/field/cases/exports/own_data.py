"""A person's own data, as they may take it away: JSON in a common format, or a page to read and print.

Loi sur l’accès, art. 84; c. P-39.1, art. 27: what was collected from the person, in a structured, commonly used format.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from concertoit.field.cases.enums.intake import Danger, Problem
from concertoit.field.cases.models import Report
from concertoit.field.cases.queries import people
from concertoit.ground.files.queries import attachments


def data_of(report: Report) -> dict[str, Any]:
    """Everything kept of who made a report: what they said, who they are, what they agreed to, who looked."""
    household = report.household
    return {
        "signalement": _report(report),
        "personnes": [
            {"rôle": str(one.role_label), "prénom": one.given_name, "nom": one.family_name, "téléphone": one.phone,
             "courriel": one.email, "comment joindre": one.reach}
            for one in people.own_identity(report).people
        ],
        "ménage": {
            "adultes": household.adults, "jeunes de 14 à 17 ans": household.youths,
            "enfants de moins de 14 ans": household.children, "langue": household.language,
            "pour entrer": household.access_note,
        } if household else {},
        "consentements": [
            {"pour": one.get_purpose_display(), "version du texte": one.text_version,
             "donné par": one.get_means_display(),
             "donné le": _at(one.given_at), "retiré le": _at(one.withdrawn_at)}
            for one in (people.consents_of(household) if household else [])
        ],
        "consultations du nom": [
            {"le": _at(one.at), "organisme": str(one.organisation or report.space), "pour": one.get_why_display()}
            for one in (people.looks_at(household, 500) if household else [])
        ],
    }  # fmt: skip


def _report(report: Report) -> dict[str, Any]:
    return {
        "numéro": report.reference, "dossier": report.case.reference if report.case else "",
        "reçu le": _at(report.received_at), "adresse": str(report.building or report.address),
        "logement": str(report.dwelling or ""), "municipalité": str(report.municipality or ""),
        "problèmes": [str(Problem(code).label) for code in report.problems],
        "dangers": [str(Danger(code).label) for code in report.dangers],
        "description": report.description, "depuis": report.since,
        "photos": [one.name for one in attachments("cases.report", report.uid)],
        "ajouts": [{"le": _at(word.at), "sorte": word.get_kind_display(), "texte": word.text}
                   for word in report.words.order_by("at", "pk")],
    }  # fmt: skip


def _at(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def as_json(report: Report) -> bytes:
    return json.dumps(data_of(report), ensure_ascii=False, indent=2, default=str).encode()
