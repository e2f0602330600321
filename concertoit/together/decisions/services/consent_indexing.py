"""Sessions and proposals in the search: found by everybody in the démarche, a draft's content only once proposed."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many
from concertoit.together.decisions.models import ConsentRound, ConsentSession
from concertoit.together.decisions.rules.consent import RoundState

SESSION, ROUND = "decisions.consent_session", "decisions.consent_round"


def declare() -> None:
    """Say what can be found; called when the room is wired."""
    register(Searchable(SESSION, _("Séance de consentement"), "check2-circle", session_docs))
    register(Searchable(ROUND, _("Proposition au consentement"), "hand-thumbs-up", round_docs))


def session_docs(ids: list[int] | None = None) -> Iterator[Doc]:
    """Sessions with the titles of their proposals."""
    rows = ConsentSession.objects.select_related("space").prefetch_related("rounds")
    for row in (rows if ids is None else rows.filter(pk__in=ids)).order_by("pk"):
        url = reverse("decisions:consent_session", kwargs={"slug": row.space.slug, "session_id": row.pk})
        body = " · ".join(one.title for one in row.rounds.all())
        yield Doc(row.pk, row.title, url, body, row.space_id)


def round_docs(ids: list[int] | None = None) -> Iterator[Doc]:
    """Proposals that have opened."""
    rows = ConsentRound.objects.exclude(state=RoundState.PREPARED).select_related("space")
    for row in (rows if ids is None else rows.filter(pk__in=ids)).order_by("pk"):
        url = reverse("decisions:consent_round", kwargs={"slug": row.space.slug, "round_id": row.pk})
        body = " · ".join(part for part in (row.text, row.conclusion) if part)
        yield Doc(row.pk, row.title, url, body, row.space_id)


def session_changed(session: ConsentSession) -> None:
    """Index a session again, in the transaction of its change."""
    index_many(kind=SESSION, docs=session_docs([session.pk]))


def round_changed(round: ConsentRound) -> None:
    """Index a proposal again, in the transaction of its change."""
    index_many(kind=ROUND, docs=round_docs([round.pk]))
