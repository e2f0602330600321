"""What participation says on « Ma table »."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concertoit.field.participation import workflow
from concertoit.field.participation.queries import mediation, representations
from concertoit.field.participation.queries.desk import waiting
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Coming, Todo

Where = Callable[..., str]
_NEXT = {
    workflow.OPEN: gettext_noop("Scrutin ouvert : noter qui vote, puis clore"),
    workflow.CLOSED: gettext_noop("Bulletins à compter, deux fois"),
    workflow.COUNTED: gettext_noop("Résultat à proclamer"),
    workflow.ACCLAIMED: gettext_noop("Élection sans opposition à proclamer"),
}


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Six queries at most, whatever the number of démarches."""
    slugs = {viewer.space.pk: viewer.space.slug for viewer in viewers}
    found = waiting(viewers, timezone.localdate())

    def where(row: Any, name: str, **kwargs: object) -> str:
        return reverse(f"participation:{name}", kwargs={"slug": slugs[row.space_id], **kwargs})

    coming = [
        Coming(
            title=row.get_kind_display(), href=where(row, "assembly", assembly_id=row.pk), on=row.on,
            note=str(row.association or row.place), space_id=row.space_id,
        )
        for row in found.assemblies
    ]  # fmt: skip
    return Brought(todos=[*_of_the_committee(found, where), *_of_tenants(viewers, where)], coming=coming)


def _of_the_committee(found: Any, where: Where) -> list[Todo]:
    """Mandates that end, advice asked, elections under way."""
    todos = [
        Todo(
            title=_("Fin du mandat de %(name)s") % {"name": row.person}, href=where(row, "committee"),
            action=_("Voir le comité"), note=_("Comité consultatif : prévoyez la relève."), icon="person-badge",
            tone="sun", due=row.ends_on, space_id=row.space_id,
        )
        for row in found.mandates
    ]  # fmt: skip
    todos += [
        Todo(
            title=row.title, href=where(row, "advice", advice_id=row.pk), action=_("Inscrire l’avis"),
            note=_("Avis demandé au comité consultatif"), icon="chat-square-text", due=row.decides_on,
            space_id=row.space_id,
        )
        for row in found.advice
    ]  # fmt: skip
    todos += [
        Todo(
            title=row.title, href=where(row, "election", election_id=row.pk), action=_("Continuer"),
            note=_(_NEXT[row.state]), icon="box-seam", tone="brick", now=True, space_id=row.space_id,
        )
        for row in found.elections
    ]  # fmt: skip
    return todos


def _of_tenants(viewers: Sequence[Viewer], where: Where) -> list[Todo]:
    """Representations that wait for an answer, mediations that wait for somebody."""
    todos = [
        Todo(
            title=row.title, href=where(row, "representation", representation_id=row.pk), action=_("Répondre"),
            note=_("Représentation à l’office : la réponse est attendue"), icon="megaphone", tone="sun",
            due=row.answer_by, space_id=row.space_id,
        )
        for row in representations.waiting(viewers, timezone.localdate())
    ]  # fmt: skip
    todos += [
        Todo(
            title=_("Médiation %(number)s") % {"number": row.number},
            href=where(row, "mediation_request", request_id=row.pk), action=_("Continuer"),
            note=_("Le suivi est à faire") if row.follow_up_by else _("Personne ne fait encore cette médiation"),
            icon="chat-square-dots", due=row.follow_up_by, now=not row.follow_up_by, space_id=row.space_id,
        )
        for row in mediation.waiting(viewers, timezone.localdate())
    ]  # fmt: skip
    return todos
