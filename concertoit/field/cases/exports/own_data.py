"""A person's own data, as they may take it away: JSON in a common format, a PDF, or a page to read and print.

Loi sur l’accès, art. 84; c. P-39.1, art. 27: what was collected from the person, in a structured, commonly used format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.intake import Danger, Problem
from concertoit.field.cases.models import Report
from concertoit.field.cases.queries import people
from concertoit.ground.core.blocks import Block
from concertoit.ground.core.blocks import as_pdf as blocks_as_pdf
from concertoit.ground.core.media import JSON, PDF
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


MOST_COLUMNS = 3
"""A table wider than this is told line by line: a page is read on a phone too."""


def as_pdf(report: Report) -> bytes:
    """The same to keep on paper: a tagged document, one table for each thing that is kept."""
    blocks = [block for key, value in data_of(report).items() for block in _blocks(key, value)]
    title, subtitle = _("Tout ce que l’on garde de moi"), _("Signalement %(number)s") % {"number": report.reference}
    return blocks_as_pdf(title, subtitle, blocks, made_at=timezone.now())


def _blocks(key: str, value: Any) -> Iterator[Block]:
    """A thing that is kept: its name, then what is said of it; lists of things come after it, under their own name."""
    yield Block("heading", key[:1].upper() + key[1:])
    if isinstance(value, Mapping) and value:
        several = {name: one for name, one in value.items() if _is_table(one)}
        yield _pairs(key, {name: one for name, one in value.items() if name not in several})
        for name, one in several.items():
            yield from _blocks(name, one)
    elif _is_table(value):
        header = list(value[0])
        if len(header) > MOST_COLUMNS:
            yield from (_pairs(key, one) for one in value)
        else:
            yield Block("table", key, [header, *([_written(one[name]) for name in header] for one in value)])
    if not value:
        yield Block("text", "–")


def _pairs(key: str, said: Mapping[str, Any]) -> Block:
    """One thing on two columns: a name, what is kept."""
    rows = [[name, _written(one)] for name, one in said.items()]
    return Block("table", key, [[_("Renseignement"), _("Ce que l’on garde")], *rows] if rows else [], (1.0, 2.0))


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _written(value: Any) -> str:
    said = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value if value is not None else "")
    return said or "–"


WRITERS = {"json": (as_json, JSON), "pdf": (as_pdf, PDF)}
"""By the extension of the file: what writes it, and its media type."""
