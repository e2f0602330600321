"""Two people, or one who presses twice: what was read before the other acted does not undo what they did."""

from __future__ import annotations

from datetime import date

import pytest

from concertoit.ground.core.errors import DomainError
from concertoit.together.plans.enums import ImportState, VersionState
from concertoit.together.plans.models import Filing, PlanImport, PlanVersion
from concertoit.together.plans.services import importing, versions
from concertoit.together.plans.services.content import remove_node
from concertoit.together.plans.services.filing import file_plan
from tests.personas import Table
from tests.together.plans import exchanged

TODAY = date(2026, 1, 15)


def test_an_import_is_confirmed_once(table: Table) -> None:
    brought = exchanged.import_of(table)
    again = PlanImport.objects.get(pk=brought.pk)
    versions.abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
    importing.confirm(viewer=table.viewer("coordinator"), brought=brought)
    with pytest.raises(DomainError, match="terminé"):
        importing.confirm(viewer=table.viewer("coordinator"), brought=again)
    assert PlanVersion.objects.filter(plan=table.plan, state=VersionState.DRAFT).count() == 1


def test_a_late_correction_does_not_open_a_confirmed_import_again(table: Table) -> None:
    brought = exchanged.import_of(table)
    late = PlanImport.objects.get(pk=brought.pk)
    understanding = importing.understood(late)
    versions.abandon_draft(viewer=table.viewer("coordinator"), version=table.draft)
    importing.confirm(viewer=table.viewer("coordinator"), brought=brought)
    with pytest.raises(DomainError, match="terminé"):
        importing.correct(viewer=table.viewer("coordinator"), brought=late, understanding=understanding)
    with pytest.raises(DomainError, match="terminé"):
        importing.discard(viewer=table.viewer("coordinator"), brought=late)
    assert PlanImport.objects.get(pk=brought.pk).state == ImportState.CONFIRMED


def test_a_plan_in_force_is_not_thrown_away_as_the_draft_it_was(table: Table) -> None:
    """The page to abandon the draft was open while somebody put it in force."""
    viewer, late = table.viewer("coordinator"), PlanVersion.objects.get(pk=table.draft.pk)
    versions.put_in_force(viewer=viewer, version=table.draft, adopted_on=TODAY)
    with pytest.raises(DomainError, match="Seule une ébauche"):
        versions.abandon_draft(viewer=viewer, version=late)
    assert PlanVersion.objects.get(pk=table.draft.pk).state == VersionState.CURRENT


def test_a_version_in_force_is_not_written_as_the_draft_it_was(table: Table) -> None:
    viewer, node = table.viewer("coordinator"), table.drafted("action")
    assert node.version.state == VersionState.DRAFT
    versions.put_in_force(viewer=viewer, version=table.draft, adopted_on=TODAY)
    with pytest.raises(DomainError, match="figée"):
        remove_node(viewer=viewer, node=node)


def test_an_abandoned_draft_says_so(table: Table) -> None:
    viewer, node = table.viewer("coordinator"), table.drafted("action")
    late = PlanVersion.objects.get(pk=table.draft.pk)
    assert node.version == late
    versions.abandon_draft(viewer=viewer, version=table.draft)
    for act in (
        lambda: versions.put_in_force(viewer=viewer, version=late, adopted_on=TODAY),
        lambda: versions.abandon_draft(viewer=viewer, version=late),
        lambda: remove_node(viewer=viewer, node=node),
    ):
        with pytest.raises(DomainError, match="abandonnée"):
            act()


def test_the_same_filing_twice_is_one(table: Table) -> None:
    viewer = table.viewer("coordinator")
    first = file_plan(viewer=viewer, version=table.version, recipient="Bailleur", filed_on=TODAY)
    second = file_plan(viewer=viewer, version=table.version, recipient="Bailleur", filed_on=TODAY)
    assert first == second
    file_plan(viewer=viewer, version=table.version, recipient="Autre bailleur", filed_on=TODAY)
    assert Filing.objects.count() == 2
