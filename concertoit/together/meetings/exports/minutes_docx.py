"""Minutes in Word: real headings and lists, the people in a table, the state and the SHA-256 at the foot."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from concertoit.ground.core.word import Run, TableSpec, WordDocument
from concertoit.together.meetings.exports.minutes_words import Said, SaidPoint, footing, spoken
from concertoit.together.meetings.models import MinutesVersion


def minutes_docx(version: MinutesVersion, content: dict[str, Any]) -> bytes:
    """The ``.docx`` of a version; the same version always gives the same text."""
    said = spoken(content)
    title = _("Compte rendu : %(title)s") % {"title": said.title}
    document = WordDocument(title, subject=said.space, footer=footing(version), landscape=False)
    document.stamp(version.updated_at)
    document.heading(title, 0)
    document.paragraph(f"{said.space} · {said.table}", "Chapeau")
    document.paragraph(said.when, "Chapeau")
    for term, value in said.facts:
        document.paragraph((Run(f"{term} : ", bold=True), Run(value)), "Fait")
    if said.presences:
        document.heading(_("Présences"), 1)
        rows = [(label, "\n".join(names)) for label, names in said.presences]
        header = [(_("Présence"), _("Organismes et personnes"))]
        document.table(TableSpec([1, 4], header, _("Présences"), rows=rows))
    if said.record:
        document.heading(_("Notes de la rencontre"), 1)
        _paragraphs(document, said.record)
    for point in said.points:
        _point(document, point, 1)
    if said.other:
        document.heading(_("Autres suites"), 1)
        for one in said.other:
            _outcome(document, one)
    if said.following:
        document.paragraph(said.following, "Chapeau")
    return document.to_bytes()


def _point(document: WordDocument, point: SaidPoint, level: int) -> None:
    document.heading(f"{point.number}. {point.title}", level)
    if point.state:
        document.paragraph((Run(point.state, bold=True),), "Fait")
    _paragraphs(document, point.text)
    for one in point.outcomes:
        _outcome(document, one)
    for line in point.lines:
        if line.says:
            _point(document, line, level + 1)
        else:
            document.paragraph(line.title, "ListBullet")


def _paragraphs(document: WordDocument, text: str) -> None:
    for part in text.split("\n\n"):
        if part.strip():
            document.paragraph(part.strip())


def _outcome(document: WordDocument, one: Said) -> None:
    detail = f" ({one.detail})" if one.detail else ""
    change = f" {one.change}" if one.change else ""
    document.paragraph((Run(f"{one.label} : ", bold=True), Run(f"{one.text}{detail}{change}")), "ListBullet")
