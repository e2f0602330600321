"""The agenda built from the plan, and what people write on it (L10; issue 3, A)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.models import Committee
from concertoit.together.meetings.enums import ItemKind
from concertoit.together.meetings.models import AgendaItem, KeptItem, Meeting
from concertoit.together.meetings.queries import sources
from concertoit.together.meetings.queries.agenda import agenda_of
from concertoit.together.meetings.services import agenda, keeping
from concertoit.together.meetings.services.agenda_items import (
    ItemFacts,
    add_item,
    edit_item,
    move_item,
    remove_item,
    restore_item,
)
from concertoit.together.meetings.services.meetings import close_meeting, open_meeting
from concertoit.together.meetings.services.standing import save_standing
from concertoit.together.plans.models import NodeActor, PlanItem
from concertoit.together.plans.rules.document import StepState
from concertoit.together.plans.services.followup import set_state
from tests.personas import Table
from tests.together.meetings import made

pytestmark = pytest.mark.django_db


def titles(meeting: Meeting) -> list[str]:
    return [section.item.title for section in agenda_of(meeting).sections]


def axis(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(kind=ItemKind.AXIS)


def action(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(kind=ItemKind.ACTION)


def due(item: PlanItem, days: int) -> None:
    PlanItem.objects.filter(pk=item.pk).update(due_on=timezone.localdate() + timedelta(days=days))


def build(table: Table, meeting: Meeting, **options: Any) -> Meeting:
    return agenda.build(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, **options)


class TestFromThePlan:
    def test_what_is_late_is_told_under_its_axis_and_its_action(self, table: Table) -> None:
        due(table.step, -3)
        meeting = made.built(table)
        line = action(meeting)
        assert line.section == axis(meeting)
        assert line.plan_item == table.action
        assert line.facts["count"] == {"late": 1}
        assert line.facts["late"][0]["on"] == (timezone.localdate() - timedelta(days=3)).isoformat()

    def test_what_is_due_before_the_meeting_is_told_and_not_what_is_due_after(self, table: Table) -> None:
        meeting = made.meeting_of(table)
        day = (made.day_of(meeting) - timezone.localdate()).days
        due(table.step, day)
        assert action(build(table, meeting)).facts["count"] == {"due": 1}
        due(table.step, day + 1)
        build(table, meeting)
        assert not meeting.items.filter(kind=ItemKind.ACTION).exists()

    def test_what_is_done_waits_for_nobody(self, table: Table) -> None:
        due(table.step, -3)
        PlanItem.objects.filter(pk=table.step.pk).update(state="done")
        assert not made.built(table).items.filter(kind=ItemKind.ACTION).exists()

    def test_what_changed_since_the_last_meeting_held(self, table: Table) -> None:
        set_state(viewer=table.viewer("partner"), item_id=table.step.pk, state=StepState.DONE)
        meeting = made.built(table)
        [change] = action(meeting).facts["changed"]
        assert (change["verb"], change["state"], change["who"]) == ("plan.state_changed", "done", "Carole Témoin")
        last = made.extra_of(table, starts_at=timezone.now() - timedelta(days=2))
        later = timezone.now() + timedelta(minutes=1)
        Meeting.objects.filter(pk=last.pk).update(state="closed", opened_at=later, series=meeting.series)
        build(table, meeting)
        assert not meeting.items.filter(kind=ItemKind.ACTION).exists()

    def test_what_waits_for_consent_comes_from_the_room_above(
        self, table: Table, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def awaiting(space: object, meeting: object) -> list[sources.Awaiting]:
            return [sources.Awaiting("r1", "Consentement sur l’action", "/ronde/1/", table.action.pk)]

        monkeypatch.setitem(sources._sources, sources.CONSENT, [])
        sources.register_source(sources.CONSENT, awaiting)
        sources.register_source(sources.CONSENT, awaiting)
        assert action(made.built(table)).facts["consent"] == [
            {"what": "Consentement sur l’action", "url": "/ronde/1/"}
        ]

    def test_a_consent_about_no_element_has_a_point_of_its_own_that_its_room_brings_again(
        self, table: Table, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        budget = sources.Awaiting("consent:7", "Le budget", "/ronde/7/")
        monkeypatch.setitem(sources._sources, sources.CONSENT, [lambda space, meeting: [budget]])
        meeting, viewer = made.built(table), table.viewer("coordinator")
        row = meeting.items.get(key="consent:7")
        assert (row.section, row.minutes, row.facts["count"]) == (None, 60, {"consent": 1})
        open_meeting(viewer=viewer, meeting_id=meeting.pk)
        AgendaItem.objects.filter(pk=row.pk).update(state="deferred")
        close_meeting(viewer=viewer, meeting_id=meeting.pk)
        assert not KeptItem.objects.exists()

    def test_requests_for_support_have_their_point(self, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(
            sources._sources, sources.SUPPORT, [lambda space, meeting: [sources.Awaiting("s1", "Lettre d’appui")]]
        )
        meeting = made.built(table)
        assert [one.title for one in meeting.items.filter(section__kind=ItemKind.SUPPORT)] == ["Lettre d’appui"]

    def test_another_word_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no place"):
            sources.register_source("autre", lambda space, meeting: [])

    def test_every_axis_has_its_point_even_when_nothing_presses(self, table: Table) -> None:
        meeting = made.built(table)
        assert axis(meeting).plan_item == table.axis
        assert axis(meeting).minutes == 0

    def test_the_minutes_of_the_plan_go_to_the_axes_that_have_something_to_say(self, table: Table) -> None:
        due(table.step, -3)
        assert axis(made.built(table)).minutes == 60

    def test_a_project_in_progress_is_told_in_turn(self, table: Table) -> None:
        PlanItem.objects.filter(pk=table.action.pk).update(phase="started")
        meeting = made.built(table)
        assert action(meeting).section.kind == ItemKind.PROJECTS  # type: ignore[union-attr]

    def test_a_committee_has_its_own_actions_only(self, table: Table) -> None:
        due(table.step, -3)
        series = made.series_of(table, place_of=table.committee, name="Comité des actions")
        meeting = series.meetings.order_by("starts_at")[0]
        build(table, meeting)
        assert not meeting.items.filter(kind=ItemKind.ACTION).exists()
        node = table.nodes["outcome"]
        NodeActor.objects.create(
            space=table.space, version=table.version, node=node, role="lead", kind="committee",
            committee=Committee.objects.get(pk=table.committee.pk), name="Comité des actions",
        )  # fmt: skip
        build(table, meeting)
        assert action(meeting).plan_item == table.action


class TestTemplateCopied:
    def test_a_meeting_by_itself_begins_with_the_usual_points(self, table: Table) -> None:
        meeting = build(table, made.extra_of(table))
        assert "Nouvelles des partenaires" in titles(meeting)
        assert axis(meeting)

    def test_a_meeting_keeps_the_template_it_was_made_with(self, table: Table) -> None:
        meeting = made.built(table)
        before = titles(meeting)
        save_standing(
            viewer=table.viewer("coordinator"), series_id=made.series_of(table).pk, kind="text", title="Nouveau",
            minutes=5,
        )  # fmt: skip
        build(table, meeting)
        assert titles(meeting) == before
        build(table, meeting, fresh=True)
        assert "Nouveau" in titles(meeting)

    def test_a_convened_meeting_never_takes_the_new_template(self, table: Table) -> None:
        meeting = made.built(table)
        Meeting.objects.filter(pk=meeting.pk).update(state="convened")
        save_standing(
            viewer=table.viewer("coordinator"), series_id=made.series_of(table).pk, kind="text", title="Nouveau",
            minutes=5,
        )  # fmt: skip
        build(table, meeting, fresh=True)
        assert "Nouveau" not in titles(meeting)

    @pytest.mark.parametrize("state", ["open", "closed", "cancelled"])
    def test_an_agenda_of_the_past_is_not_made_again(self, table: Table, state: str) -> None:
        meeting = made.built(table)
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        before = list(meeting.items.order_by("pk").values())
        with pytest.raises(DomainError):
            build(table, meeting)
        assert list(meeting.items.order_by("pk").values()) == before


class TestByHand:
    def test_what_was_written_stays_when_the_agenda_is_made_again(self, table: Table) -> None:
        due(table.step, -3)
        meeting, viewer = made.built(table), table.viewer("coordinator")
        line = action(meeting)
        edit_item(
            viewer=viewer, meeting_id=meeting.pk, item_id=line.pk, facts=ItemFacts("À débattre", 15, "Avec la ville")
        )
        own = add_item(viewer=viewer, meeting_id=meeting.pk, facts=ItemFacts("Un mot de la mairesse", 5))
        due(table.step, -9)
        build(table, meeting)
        line.refresh_from_db()
        assert (line.title, line.minutes, line.note) == ("À débattre", 15, "Avec la ville")
        assert line.facts["late"][0]["on"] == (timezone.localdate() - timedelta(days=9)).isoformat()
        assert meeting.items.filter(pk=own.pk).exists()

    def test_a_point_people_rewrote_stays_when_the_plan_no_longer_speaks_of_it(self, table: Table) -> None:
        due(table.step, -3)
        meeting, viewer = made.built(table), table.viewer("coordinator")
        line = action(meeting)
        edit_item(viewer=viewer, meeting_id=meeting.pk, item_id=line.pk, facts=ItemFacts("À débattre", 15))
        due(table.step, 900)
        build(table, meeting)
        assert meeting.items.filter(pk=line.pk).exists()

    def test_what_was_taken_out_does_not_come_back_by_itself(self, table: Table) -> None:
        due(table.step, -3)
        meeting, viewer = made.built(table), table.viewer("coordinator")
        line = remove_item(viewer=viewer, meeting_id=meeting.pk, item_id=action(meeting).pk)
        build(table, meeting)
        assert line in agenda_of(meeting).removed
        restore_item(viewer=viewer, meeting_id=meeting.pk, item_id=line.pk)
        assert agenda_of(meeting).removed == []

    def test_the_order_people_gave_stays(self, table: Table) -> None:
        meeting, viewer = made.built(table), table.viewer("coordinator")
        first = agenda_of(meeting).sections[0].item
        move_item(viewer=viewer, meeting_id=meeting.pk, item_id=first.pk, up=False)
        order = titles(meeting)
        assert order[1] == first.title
        build(table, meeting)
        assert titles(meeting) == order

    def test_the_first_does_not_go_up(self, table: Table) -> None:
        meeting = made.built(table)
        first = agenda_of(meeting).sections[0].item
        order = titles(meeting)
        move_item(viewer=table.viewer("coordinator"), meeting_id=meeting.pk, item_id=first.pk, up=True)
        assert titles(meeting) == order

    def test_a_point_written_in_the_middle_stays_in_the_middle(self, table: Table) -> None:
        meeting, viewer = made.built(table), table.viewer("coordinator")
        own = add_item(viewer=viewer, meeting_id=meeting.pk, facts=ItemFacts("Tour de table", 5))
        for _step in range(3):
            move_item(viewer=viewer, meeting_id=meeting.pk, item_id=own.pk, up=True)
        order = titles(meeting)
        build(table, meeting)
        assert titles(meeting) == order

    def test_a_line_under_a_point_and_no_deeper(self, table: Table) -> None:
        meeting, viewer = made.built(table), table.viewer("coordinator")
        facts = ItemFacts("Une ligne", 5)
        line = add_item(viewer=viewer, meeting_id=meeting.pk, facts=facts, section_id=axis(meeting).pk)
        [under] = [one for one in agenda_of(meeting).sections if one.item == axis(meeting)]
        assert under.lines == [line]
        with pytest.raises(DomainError):
            add_item(viewer=viewer, meeting_id=meeting.pk, facts=facts, section_id=line.pk)

    def test_durations_are_kept_and_what_overruns_is_said(self, table: Table) -> None:
        meeting, viewer = made.built(table), table.viewer("coordinator")
        before = agenda_of(meeting).timing
        add_item(viewer=viewer, meeting_id=meeting.pk, facts=ItemFacts("Long débat", 200))
        after = agenda_of(meeting)
        assert after.timing.total == before.total + 200
        assert after.spare < 0

    @pytest.mark.parametrize("facts", [ItemFacts("  "), ItemFacts("Trop long", 601)])
    def test_what_makes_no_sense_is_refused(self, table: Table, facts: ItemFacts) -> None:
        with pytest.raises(DomainError):
            add_item(viewer=table.viewer("coordinator"), meeting_id=made.meeting_of(table).pk, facts=facts)

    def test_others_may_not(self, table: Table) -> None:
        with pytest.raises(NotAllowed):
            add_item(viewer=table.viewer("coco"), meeting_id=made.meeting_of(table).pk, facts=ItemFacts("Un point"))

    def test_a_point_of_another_meeting_is_not_there(self, table: Table) -> None:
        item = made.item_of(table)
        with pytest.raises(NotVisible):
            remove_item(viewer=table.viewer("coordinator"), meeting_id=made.extra_of(table).pk, item_id=item.pk)

    def test_a_point_with_a_record_stays(self, table: Table) -> None:
        item = made.item_of(table)
        AgendaItem.objects.filter(pk=item.pk).update(record="On en a parlé.")
        with pytest.raises(DomainError):
            remove_item(viewer=table.viewer("coordinator"), meeting_id=item.meeting_id, item_id=item.pk)


class TestCarried:
    def held(self, table: Table) -> AgendaItem:
        """A meeting held where one point was treated and another was not."""
        viewer, item = table.viewer("coordinator"), made.item_of(table)
        build(table, item.meeting)
        open_meeting(viewer=viewer, meeting_id=item.meeting_id)
        AgendaItem.objects.filter(meeting=item.meeting, kind=ItemKind.WELCOME).update(state="done")
        close_meeting(viewer=viewer, meeting_id=item.meeting_id)
        return item

    def next_meeting(self, item: AgendaItem) -> Meeting:
        return item.meeting.series.meetings.filter(state="prepared").order_by("starts_at")[0]  # type: ignore[union-attr]

    def test_what_was_not_treated_is_in_the_next_agenda_by_default(self, table: Table) -> None:
        item = self.held(table)
        following = build(table, self.next_meeting(item))
        row = following.items.get(carried_from=item)
        assert row.section.kind == ItemKind.CARRIED  # type: ignore[union-attr]
        assert KeptItem.objects.get().placed == row

    def test_it_is_carried_once(self, table: Table) -> None:
        item = self.held(table)
        following = build(table, self.next_meeting(item))
        build(table, following)
        assert following.items.filter(carried_from=item).count() == 1
        third = item.meeting.series.meetings.filter(state="prepared").order_by("starts_at")[1]  # type: ignore[union-attr]
        assert not build(table, third).items.filter(carried_from=item).exists()

    def test_taken_out_of_an_agenda_it_waits_for_the_next(self, table: Table) -> None:
        item = self.held(table)
        following = build(table, self.next_meeting(item))
        row = following.items.get(carried_from=item)
        remove_item(viewer=table.viewer("coordinator"), meeting_id=following.pk, item_id=row.pk)
        assert KeptItem.objects.get().placed is None
        restore_item(viewer=table.viewer("coordinator"), meeting_id=following.pk, item_id=row.pk)
        assert KeptItem.objects.get().placed == row

    def test_what_somebody_chooses_at_closing_is_what_goes_on(self, table: Table) -> None:
        viewer, item = table.viewer("coordinator"), made.item_of(table)
        open_meeting(viewer=viewer, meeting_id=item.meeting_id)
        close_meeting(viewer=viewer, meeting_id=item.meeting_id, carry={item.pk})
        assert [one.source for one in KeptItem.objects.all()] == [item]

    def test_closed_twice_it_is_kept_once(self, table: Table) -> None:
        item = self.held(table)
        viewer = table.viewer("coordinator")
        open_meeting(viewer=viewer, meeting_id=item.meeting_id)
        close_meeting(viewer=viewer, meeting_id=item.meeting_id)
        assert KeptItem.objects.count() == 1

    def test_a_point_proposed_by_somebody_and_one_left_aside(self, table: Table) -> None:
        kept = made.kept_of(table)
        meeting = build(table, made.meeting_of(table))
        assert meeting.items.filter(title="À reprendre").exists()
        keeping.drop(viewer=table.viewer("coordinator"), kept_id=kept.pk)
        build(table, meeting)
        assert not meeting.items.filter(title="À reprendre").exists()

    def test_who_looks_on_does_not_propose(self, table: Table) -> None:
        with pytest.raises(NotAllowed):
            keeping.propose(viewer=table.viewer("observer"), series_id=made.series_of(table).pk, title="Un point")
