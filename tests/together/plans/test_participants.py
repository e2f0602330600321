"""Who a document lists, against who already sits at the table."""

import pytest

from concertoit.together.plans.queries.documents import participants_of
from concertoit.together.plans.rules.document import Participant
from concertoit.together.plans.services.participants import newcomers, welcome
from tests.personas import Table


@pytest.fixture
def alone(table: Table) -> Table:
    """The coordinator takes part in nobody's name, as whoever opens a démarche does."""
    for key in ("coordinator", "partner"):
        membership = table.membership(key)
        membership.organisation = None
        membership.save()
    return table


def test_what_we_wrote_brings_nobody_new(alone: Table) -> None:
    written = participants_of(alone.space)
    assert [one.organisation for one in written if one.person == "Alice Modèle"] == ["Coordination"]
    assert newcomers(space=alone.space, participants=written) == []


def test_who_is_new_comes_once(alone: Table) -> None:
    line = Participant(organisation="Entraide Z", person="Zoé Nouvelle")
    assert newcomers(space=alone.space, participants=[line, line, Participant("", "")]) == [line]
    assert len(welcome(space=alone.space, participants=[line]).memberships) == 1
    assert newcomers(space=alone.space, participants=[line]) == []
