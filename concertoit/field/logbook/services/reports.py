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
from concertoit.field.logbook.rules.masking import published_counts
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.privacy.rules.masking import SMALLEST, told_by_difference
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer

OBJECT = "logbook.figuresreport"


@transaction.atomic
def publish(*, viewer: Viewer, title: str, asked: Asked, smallest: int = SMALLEST) -> FiguresReport:
    """Freeze the figures of a period that is over. Counts under ``smallest`` are masked, and what would give them back.

    Raises ``NotAllowed``; ``DomainError`` without a title, for a period that is not over or where nothing was entered,
    for a threshold under the platform's, for figures of a group of workers, or when a report already published and this
    one give a small count by subtraction.
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
    _must_not_tell_together(viewer, asked, document)
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


def _must_not_tell_together(viewer: Viewer, asked: Asked, document: Document) -> None:
    """Refuse figures that give a small count once another report of the same places is taken away from them.

    Only for one period inside the other, where the subtraction is exact. Periods that cross, and territories, are warned
    about on the page: what a report masked years ago is not kept anywhere to be compared.
    """
    mine = asked.period
    near = FiguresReport.objects.filter(space=viewer.space, starts_on__lte=mine[1], ends_on__gte=mine[0])
    for row in near.order_by("pk"):
        theirs, kept = (row.starts_on, row.ends_on), json.loads(row.snapshot)
        if kept["scope"] != document["scope"] or not (periods.holds(mine, theirs) or periods.holds(theirs, mine)):
            continue
        outer, inner = (document, kept) if periods.holds(mine, theirs) else (kept, document)
        smallest = max(kept["smallest"], document["smallest"])
        if told_by_difference(published_counts(outer), published_counts(inner), smallest=smallest):
            raise DomainError(
                _("Avec le rapport « %(title)s », déjà publié, on retrouverait par soustraction un compte de moins de "
                  "%(n)s. Publiez une autre période.") % {"title": row.title, "n": smallest}
            )  # fmt: skip


def as_published(asked: Asked, smallest: int = SMALLEST) -> Asked:
    """What is asked, masked as its publication would be."""
    return replace(asked, smallest=smallest)


def canonical(document: Document) -> str:
    """The document as canonical JSON: keys sorted, no spaces, UTF-8; the same figures always give the same bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
