"""Making a file that may leave for research, and keeping what left."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.small_works.models import Extraction
from concertoit.field.small_works.queries.requests import pilot_of
from concertoit.field.small_works.queries.research import KEEP, rows_between
from concertoit.field.small_works.rules import Release, release
from concertoit.field.small_works.rules.anonymity import LADDERS
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer


def prepared(*, viewer: Viewer, since: date, until: date) -> Release:
    """What would leave, without keeping it. Raises ``DomainError`` for a period the wrong way round."""
    viewer.must("works.extract")
    if until < since:
        raise DomainError(_("La fin vient après le début."), field="until")
    return release(rows_between(viewer.space, since, until), k=pilot_of(viewer.space).k, keep=KEEP)


@transaction.atomic
def extract(*, viewer: Viewer, since: date, until: date, to: str) -> Extraction:
    """Make the file and keep it as it left, with its fingerprint. Raises ``DomainError`` when nothing may leave."""
    if not to.strip():
        raise DomainError(_("Dites à qui l’extraction est remise."), field="to")
    found = prepared(viewer=viewer, since=since, until=until)
    if not found.rows:
        raise DomainError(
            _("Aucune ligne ne peut sortir : trop peu de demandes se ressemblent, ou personne n’a donné son accord.")
        )
    content = as_csv(found)
    row = Extraction.objects.create(
        space=viewer.space, made_by=viewer.user, to=to.strip(), since=since, until=until, k=found.k,
        smallest=found.smallest, levels=found.levels, rows=len(found.rows), left_out=found.left_out, content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )  # fmt: skip
    record_row(row, row.to, actor=viewer.user, verb="works.extracted", after={"rows": row.rows, "k": row.k})
    return row


def as_csv(found: Release) -> str:
    """The file: UTF-8, commas, one line for each request, codes of ``enums``."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*LADDERS, *KEEP], lineterminator="\n")
    writer.writeheader()
    writer.writerows(found.rows)
    return out.getvalue()
