"""From two counts that must agree to the proclamation: results, draw, complaints, seats (P2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation import workflow
from concertoit.field.participation.enums import Leaving, SeatOrigin, Secrecy
from concertoit.field.participation.models import Complaint, Election, Mandate, Scrutineer
from concertoit.field.participation.queries.committee import committee_of
from concertoit.field.participation.queries.elections import (
    elected,
    election_of,
    expected_envelopes,
    is_tied,
    scrutineer_behind,
)
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules import elections as rules
from concertoit.field.participation.rules.elections import Count
from concertoit.field.participation.services import committee
from concertoit.field.participation.services.elections import locked
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.policies import Viewer

COUNTERS = 2


@transaction.atomic
def submit_count(*, token: str, count: Count) -> Election:
    """Write what a scrutineer counted, alone. The second count of a round ends it: either both agree, or all is counted
    again.

    Raises ``NotVisible`` for an unknown link; ``DomainError`` unless the vote is closed, for a second count in the same
    round, a count that cannot be right, or envelopes that are not the electors struck off.
    """
    row = locked(scrutineer_behind(token).election)
    scrutineer = Scrutineer.objects.select_for_update(of=("self",)).get(pk=scrutineer_behind(token).pk)
    if row.state != workflow.CLOSED:
        raise DomainError(_("Ce n’est pas, ou plus, le moment de compter."))
    if scrutineer.counted_round == row.counting_round:
        raise DomainError(_("Votre compte est déjà remis pour ce dépouillement."))
    _must_be_possible(row, count)
    scrutineer.count, scrutineer.counted_round = asdict(count), row.counting_round
    scrutineer.save()
    given = [_read(one.count) for one in row.scrutineers.filter(counted_round=row.counting_round).order_by("pk")]
    if len(given) >= COUNTERS:
        _compare(row, given)
    return row


def _must_be_possible(election: Election, count: Count) -> None:
    assert election.box is not None  # noqa: S101 - made with the election, never taken away
    keys = [option["key"] for option in election.box.options]
    if set(count.marks) != set(keys):
        raise DomainError(_("Ce compte n’est pas celui de ce bulletin."))
    expected = None if election.secrecy == Secrecy.VERIFIABLE else expected_envelopes(election)
    if expected is not None and count.envelopes != expected:
        raise DomainError(
            _("Vous comptez %(count)s bulletins; le registre en attend %(expected)s. Recomptez l’urne ensemble.")
            % {"count": count.envelopes, "expected": expected},
            field="envelopes",
        )
    messages = {
        "blank": _("Il y a plus de bulletins blancs et rejetés que de bulletins."),
        "marks": _("Un bulletin valide porte au plus %(max)s noms, et un nom une seule fois : recomptez.")
        % {"max": election.box.max_choices},
        "few": _("Il y a moins de marques que de bulletins valides : un bulletin sans marque est blanc."),
    }
    if wrong := rules.impossible(count, election.box.max_choices):
        raise DomainError(messages[wrong])


def _read(stored: Mapping[str, Any]) -> Count:
    return Count(stored["envelopes"], stored["blank"], stored["rejected"], stored["marks"])


def _compare(election: Election, given: list[Count]) -> None:
    """Two counts agree, or nobody's stands."""
    different = sorted({what for other in given[1:] for what in rules.differences(given[0], other)})
    if different:
        election.differences, election.counting_round = different, election.counting_round + 1
        election.save()
        _journal(election, "election.counts_differ", {"round": election.counting_round})
        return
    _write_result(election, given[0])


@transaction.atomic
def count_without_paper(*, viewer: Viewer, election: Election) -> Election:
    """Write the result where nobody voted on paper: the box was counted at closing, there is nothing to open."""
    viewer.must("participation.manage")
    row = locked(election)
    if row.state != workflow.CLOSED or row.secrecy == Secrecy.VERIFIABLE or expected_envelopes(row) != 0:
        raise DomainError(_("Ce résultat demande deux comptes qui concordent."))
    assert row.box is not None  # noqa: S101 - made with the election, never taken away
    _write_result(row, Count(0, 0, 0, {option["key"]: 0 for option in row.box.options}))
    return row


def _write_result(election: Election, paper: Count) -> None:
    """All channels together, once. The counts of each channel are not kept."""
    assert election.box is not None  # noqa: S101 - made with the election, never taken away
    tally = election.box.tally or {"ballots": 0, "blank": 0, "options": {}}
    totals = rules.merged(paper.marks, tally["options"])
    found = rules.outcome(totals, election.places)
    today = timezone.localdate()
    election.result = {
        "totals": totals,
        "ballots": paper.envelopes + tally["ballots"],
        "blank": paper.blank + tally["blank"],
        "rejected": paper.rejected,
        "elected": found.elected, "tied": found.tied, "left": found.left,
        "listed": election.box.turnout.get("listed", 0),
        "threshold": election.box.threshold,
        "round": election.counting_round,
        "paper": paper.envelopes > 0,
    }  # fmt: skip
    days = parameters_of(election.space, today).number("election.complaint_days")
    election.state, election.counted_on, election.differences = workflow.COUNTED, today, []
    election.complaints_until = None if days is None else today + timedelta(days=days)
    election.save()
    # What each counted alone told the channels apart: only the round stays, and the minutes that both sign.
    election.scrutineers.update(count={})
    if election.box.tally:
        type(election.box).objects.filter(pk=election.box.pk).update(tally={})
    _journal(election, "election.counted", {"round": election.counting_round})


def _journal(election: Election, verb: str, after: dict[str, Any]) -> None:
    """What a scrutineer's link does, without a user."""
    record_row(election, election, actor=None, verb=verb, after=after)


@transaction.atomic
def draw(*, viewer: Viewer, election: Election, seed: str, witnesses: str) -> Election:
    """Draw the last seats by lot before witnesses. ``seed``: words that they say aloud; anyone can draw again from them.

    Raises ``DomainError`` without a tie, without words, or with fewer than two witnesses (one per line, or by commas).
    """
    viewer.must("participation.manage")
    row = locked(election)
    if row.state != workflow.COUNTED or not is_tied(row):
        raise DomainError(_("Il n’y a pas d’égalité à départager."))
    present = [" ".join(name.split()) for name in witnesses.replace("\n", ",").split(",") if name.strip()]
    if len(present) < COUNTERS:
        raise DomainError(_("Nommez au moins deux témoins du tirage."), field="witnesses")
    if not seed.strip():
        raise DomainError(_("Écrivez les mots que les témoins ont dits à voix haute."), field="seed")
    drawn = rules.draw(row.result["tied"], row.result["left"], seed.strip())
    row.lot = {"seed": seed.strip(), "witnesses": present, "drawn": drawn, "on": str(timezone.localdate())}
    row.save()
    record_row(
        row, row, actor=viewer.user, verb="election.drawn", after={"seed": row.lot["seed"], "witnesses": present}
    )
    return row


@transaction.atomic
def receive_complaint(*, viewer: Viewer, election: Election, author: str, text: str, on: date) -> Complaint:
    """Write a complaint. Raises ``DomainError`` before the result, after the proclamation, or after the delay."""
    viewer.must("participation.manage")
    row = locked(election)
    if row.state not in (workflow.COUNTED, workflow.ACCLAIMED):
        raise DomainError(_("On conteste une élection entre son résultat et sa proclamation."))
    if row.complaints_until and on > row.complaints_until:
        raise DomainError(_("Le délai pour contester est passé."), field="on")
    complaint = Complaint.objects.create(
        space=viewer.space, election=row, on=on, author_label=author.strip(), text=text.strip()
    )
    record_row(row, row, actor=viewer.user, verb="election.complaint_received")
    return complaint


@transaction.atomic
def answer_complaint(*, viewer: Viewer, complaint: Complaint, answer: str) -> Complaint:
    """Answer a complaint. An answer is written once."""
    viewer.must("participation.manage")
    row = Complaint.objects.select_for_update(of=("self",)).select_related("election").get(pk=complaint.pk)
    if row.answered_on:
        raise DomainError(_("Cette contestation a déjà sa réponse."))
    if not answer.strip():
        raise DomainError(_("Écrivez la réponse."), field="answer")
    row.answer, row.answered_on = answer.strip(), timezone.localdate()
    row.save()
    record_row(row.election, row.election, actor=viewer.user, verb="election.complaint_answered")
    return row


@transaction.atomic
def proclaim(*, viewer: Viewer, election: Election, on: date) -> Election:
    """Proclaim the result: the elected enter the residents' committee for a mandate that begins that day.

    Raises ``DomainError`` while a tie, a complaint or the delay is open.
    """
    viewer.must("participation.manage")
    row = locked(election)
    if row.state not in (workflow.COUNTED, workflow.ACCLAIMED):
        raise DomainError(_("Il n’y a pas encore de résultat à proclamer."))
    if is_tied(row):
        raise DomainError(_("Il reste une égalité à départager devant témoins."))
    if row.complaints.filter(answered_on=None).exists():
        raise DomainError(_("Une contestation attend sa réponse."))
    if row.complaints_until and on <= row.complaints_until:
        raise DomainError(
            _("On peut encore contester jusqu’au %(day)s : proclamez après.") % {"day": row.complaints_until},
            field="on",
        )
    if row.counted_on and on < row.counted_on:
        raise DomainError(_("La proclamation suit le dépouillement."), field="on")
    chosen = elected(election_of(viewer, row.pk))
    row.state, row.proclaimed_on = workflow.PROCLAIMED, on
    row.save()
    if committee_of(viewer.space) is None:
        committee.save_committee(viewer=viewer, board_size=None)
    _end_terms(viewer, on)
    for one in chosen:
        facts = committee.SeatFacts(person=one.person, origin=SeatOrigin.ELECTED, starts_on=on, complex=one.complex)
        _leave_other_seat(viewer, facts)
        committee.take_seat(viewer=viewer, facts=facts)
    after = {"elected": [str(one.person) for one in chosen], "on": str(on)}
    record_row(row, row, actor=viewer.user, verb="election.proclaimed", after=after)
    return row


def _end_terms(viewer: Viewer, on: date) -> None:
    """The representatives whose term ends about now give way to those elected to follow them."""
    warn = parameters_of(viewer.space, on).number("mandate.warn_days") or 0
    rows = Mandate.objects.filter(space=viewer.space, origin=SeatOrigin.ELECTED, left_on=None)
    for row in rows.filter(ends_on__lte=on + timedelta(days=warn), starts_on__lte=on).order_by("pk"):
        committee.leave_seat(viewer=viewer, mandate=row, why=Leaving.TERM, on=min(on, row.ends_on))


def _leave_other_seat(viewer: Viewer, facts: committee.SeatFacts) -> None:
    """Who sat in another capacity sits from now on as elected."""
    rows = Mandate.objects.filter(space=viewer.space, person=facts.person, left_on=None).order_by("pk")
    for row in rows:
        committee.leave_seat(viewer=viewer, mandate=row, why=Leaving.OTHER, on=max(facts.starts_on, row.starts_on))
