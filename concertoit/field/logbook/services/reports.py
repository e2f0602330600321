"""Publishing figures: masked, frozen with their SHA-256, and never changed (S6)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.models import FiguresReport
from concertoit.field.logbook.queries.figures_asking import scope_of, territories
from concertoit.field.logbook.queries.figures_document import Asked, Document, document_of
from concertoit.field.logbook.rules import periods
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.privacy.rules.masking import SMALLEST
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

OBJECT = "logbook.figuresreport"


@transaction.atomic
def publish(*, viewer: Viewer, title: str, asked: Asked, smallest: int = SMALLEST) -> FiguresReport:
    """Freeze the figures of a period that is over. Counts under ``smallest`` are masked, and what would give them back.

    Raises ``NotAllowed``; ``DomainError`` without a title, for a period that is not over or where nothing was entered,
    for a threshold under the platform's, or for figures of a group of workers.
    """
    viewer.must("logbook.publish")
    _check(title, asked, smallest)
    Space.objects.select_for_update().get(pk=viewer.space.pk)  # two at once take two numbers
    places = territories(viewer.space.pk)
    document = document_of(
        viewer.space.pk, as_published(asked, smallest), title=title.strip(),
        scope=scope_of(asked.reach, places, None), places=places.names(asked.reach),
    )  # fmt: skip
    if document["is_empty"]:
        raise DomainError(_("Rien n’a été inscrit dans cette période : il n’y a pas de chiffres à publier."))
    text = canonical(document)
    last = FiguresReport.objects.filter(space=viewer.space).aggregate(last=Max("number"))["last"] or 0
    report = FiguresReport.objects.create(
        space=viewer.space, number=last + 1, title=title.strip(), starts_on=asked.period[0], ends_on=asked.period[1],
        smallest=smallest, published_by=viewer.user, published_at=timezone.now(), snapshot=text, sha256=digest(text),
    )  # fmt: skip
    record_row(
        report,
        report.title,
        actor=viewer.user,
        verb="logbook.figures_published",
        after={"period": document["period"]["label"], "smallest": smallest, "sha256": report.sha256},
    )
    return report


def _check(title: str, asked: Asked, smallest: int) -> None:
    if not title.strip():
        raise DomainError(_("Donnez un titre au rapport."), field="title")
    if asked.period[1] >= timezone.localdate():
        raise DomainError(_("Cette période n’est pas finie : ses chiffres changeraient encore."))
    if periods.whole_months(asked.period) != asked.period:
        raise DomainError(_("Un rapport publié porte sur des mois entiers."))
    if smallest < SMALLEST:
        text = _("Le plus petit compte montré ne peut pas descendre sous %(n)s.") % {"n": SMALLEST}
        raise DomainError(text, field="smallest")
    if asked.reach.of_workers:
        raise DomainError(_("Les chiffres d’une équipe restent dans l’équipe : retirez ce filtre pour publier."))


def as_published(asked: Asked, smallest: int = SMALLEST) -> Asked:
    """What is asked, masked as its publication would be."""
    return replace(asked, smallest=smallest)


def canonical(document: Document) -> str:
    """The document as canonical JSON: keys sorted, no spaces, UTF-8; the same figures always give the same bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
