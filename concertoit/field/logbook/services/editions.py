"""Lists of the logbook: the shared editions, and the terms that a démarche adds to them or no longer offers."""

from __future__ import annotations

import itertools

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.models import Edition, Term, TermMapping
from concertoit.field.logbook.queries.lists import edition_for
from concertoit.field.logbook.rules.editions import EDITIONS, RENAMED
from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, must_exist
from concertoit.ground.spaces.policies import Viewer

MOST = 62
"""Terms of a list: the bits of a mask (``logbook_term_bit_max``)."""


@transaction.atomic
def install_editions() -> None:
    """Write the shared editions and how their terms follow each other. Done again, it changes nothing."""
    rows: list[dict[tuple[str, str], Term]] = []
    for data in EDITIONS:
        edition, _new = Edition.objects.get_or_create(
            space=None, code=data.code,
            defaults={"name": data.name, "source": data.source, "starts_on": data.starts_on},
        )  # fmt: skip
        Term.objects.bulk_create(
            (
                Term(
                    edition=edition, kind=kind, code=item.code, bit=bit, position=bit, label=item.french,
                    label_en=item.english,
                )
                for kind, items in data.lists.items()
                for bit, item in enumerate(items)
            ),
            ignore_conflicts=True,
        )  # fmt: skip
        rows.append({(term.kind, term.code): term for term in Term.objects.filter(edition=edition)})
    renamed = {(kind, old): (new, why) for kind, old, new, why in RENAMED}
    for older, newer in itertools.pairwise(rows):
        for (kind, code), term in older.items():
            new, why = renamed.get((kind, code), (code, ""))
            if (kind, new) in newer:
                TermMapping.objects.get_or_create(old=term, new=newer[kind, new], defaults={"note": why})


def _own(viewer: Viewer) -> Edition:
    """The démarche's own lists: a copy of those in use, with the same codes and bits, made at its first change."""
    today = timezone.localdate()
    edition = edition_for(viewer.space, today)
    if edition is None:
        raise DomainError(_("Les listes partagées ne sont pas installées : demandez-le à l’administration."))
    if edition.space_id == viewer.space.pk:
        return edition
    own = Edition.objects.create(
        space=viewer.space, code=edition.code, name=edition.name, source=edition.source, starts_on=today
    )
    for term in Term.objects.filter(edition=edition):
        copy = Term.objects.create(
            edition=own, kind=term.kind, code=term.code, bit=term.bit, position=term.position, label=term.label,
            label_en=term.label_en, retired_on=term.retired_on,
        )  # fmt: skip
        TermMapping.objects.create(old=term, new=copy)
    return own


@transaction.atomic
def add_term(*, viewer: Viewer, kind: str, label: str, label_en: str = "") -> Term:
    """Add a term to the démarche's lists. Raises ``DomainError`` for a full list or a word that is already there."""
    viewer.must("logbook.setup")
    own = _own(viewer)
    rows = Term.objects.filter(edition=own, kind=TermKind(kind))
    if rows.filter(label__iexact=label.strip()).exists():
        raise DomainError(_("Ce terme est déjà dans la liste."), field="label")
    top = rows.aggregate(bit=Max("bit"))["bit"]
    bit = 0 if top is None else top + 1
    if bit >= MOST:
        raise DomainError(_("Une liste a au plus 62 termes."), field="label")
    term = Term.objects.create(
        edition=own,
        kind=kind,
        code=f"own-{bit}",
        bit=bit,
        position=bit,
        label=label.strip(),
        label_en=label_en.strip(),
    )
    _journal(viewer, "logbook.term_added", term)
    return term


@transaction.atomic
def retire_term(*, viewer: Viewer, term_id: int) -> Term:
    """Stop offering a term, or offer it again. What was entered with it keeps it; its bit is never given to another.

    Raises ``NotVisible`` for a term of other lists.
    """
    viewer.must("logbook.setup")
    shown = edition_for(viewer.space, timezone.localdate())
    chosen = must_exist(Term.objects.filter(pk=term_id, edition=shown).first())
    own = _own(viewer)
    term = Term.objects.get(edition=own, kind=chosen.kind, code=chosen.code)
    term.retired_on = None if term.retired_on else timezone.localdate()
    term.save(update_fields=["retired_on", "updated_at"])
    _journal(viewer, "logbook.term_retired" if term.retired_on else "logbook.term_offered", term)
    return term


def _journal(viewer: Viewer, verb: str, term: Term) -> None:
    record(
        actor=viewer.user, verb=verb, object_type="logbook.edition", object_id=term.edition_id,
        object_label=term.label, space_id=viewer.space.pk,
    )  # fmt: skip
