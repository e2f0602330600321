"""What rooms say of the histories of their objects: page, readers, words."""

from django.urls import reverse

from concertoit.ground.audit.models import Entry
from concertoit.ground.spaces.models import Committee, Membership
from concertoit.ground.spaces.queries.histories import page_of_row, read_with, worded
from tests.personas import Table


def test_a_row_has_its_page_in_its_own_space(table: Table) -> None:
    row = Committee.objects.filter(space=table.space).order_by("pk").first()
    assert row is not None
    page = page_of_row(Committee, "spaces:committee", committee_id="pk")
    assert page(str(row.pk)) == reverse("spaces:committee", kwargs={"slug": table.space.slug, "committee_id": row.pk})
    assert page_of_row(Committee, "spaces:bodies")(str(row.pk)) == reverse("spaces:bodies", args=[table.space.slug])


def test_a_row_that_is_gone_leads_to_the_list(table: Table) -> None:
    assert page_of_row(Membership, "spaces:people")("0") == reverse("spaces:list")


def test_readers_are_those_of_the_space_where_it_happened(table: Table) -> None:
    may = read_with("journal.view")
    here, elsewhere = (Entry(space_id=space.pk, object_id="1") for space in (table.space, table.other))
    assert may(table.user("coordinator"), here)
    assert not may(table.user("coordinator"), elsewhere)
    assert not may(table.user("partner"), here)
    assert may(table.user("stranger"), elsewhere)
    assert not may(table.user("stranger"), here)


def test_readers_of_some_objects_only_read_those(table: Table) -> None:
    own = read_with("journal.view", lambda viewer: Committee.objects.filter(space=viewer.space))
    row = Committee.objects.get(space=table.space)
    assert set(own.among(table.viewer("coordinator"), [str(row.pk), "990000"])) == {str(row.pk)}
    assert not own.among(table.viewer("partner"), [str(row.pk)])
    assert own(table.user("coordinator"), Entry(space_id=table.space.pk, object_id=str(row.pk)))
    assert not own(table.user("coordinator"), Entry(space_id=table.space.pk, object_id="990000"))


def test_codes_are_worded_by_field() -> None:
    show = worded({"state": {"open": "Ouvert"}, "checked": {True: "vérifié"}})
    assert (show("state", "open"), show("checked", True)) == ("Ouvert", "vérifié")
    assert [show("state", "unknown"), show("other", "open"), show("state", ["open"]), show("state", None)] == [
        None
    ] * 4
