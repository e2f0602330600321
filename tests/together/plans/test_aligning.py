"""Links between plans of two démarches: proposed by one, accepted by the other, seen from both."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.plans.models import Alignment, PlanItem, PlanVersion
from concertoit.together.plans.queries.alignments import alignments, coverage, spaces_to_align
from concertoit.together.plans.services.aligning import answer, propose, withdraw
from tests.hostile import assert_constant_queries
from tests.personas import Table
from tests.together.plans.exchanged import alignment_of, neighbour, neighbour_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(table: Table) -> Viewer:
    """The coordination of the neighbour."""
    Membership.objects.create(space=neighbour(), person=table.person("stranger"), role="coordination")
    return viewer_for(table.user("stranger"), neighbour().slug)


def ours(table: Table, **changes: Any) -> Alignment:
    values = {"item": table.action, "other_item": neighbour_item(), "kind": "complements", "note": " Même quartier. "}
    return propose(**{"viewer": table.viewer("coordinator"), **values, **changes})


def test_proposed_here_accepted_there_seen_from_both(table: Table, there: Viewer) -> None:
    made = ours(table)
    assert (made.state, made.note, made.proposed_by) == ("proposed", "Même quartier.", table.user("coordinator"))
    (here_view,), (there_view,) = alignments(table.viewer("partner")), alignments(there)
    assert (here_view.to_answer, there_view.to_answer) == (False, True)
    assert here_view.mine == table.nodes["action"]
    assert there_view.theirs == table.nodes["action"]
    assert there_view.mine is not None
    assert there_view.mine.title == "Voisine"
    done = answer(viewer=there, alignment=made, accept=True, words="Avec plaisir.")
    assert (done.state, done.answer, done.answered_by) == ("accepted", "Avec plaisir.", table.user("stranger"))
    with pytest.raises(DomainError, match="déjà reçu"):
        answer(viewer=there, alignment=made, accept=False, words="x")


def test_a_refusal_says_why(table: Table, there: Viewer) -> None:
    made = ours(table)
    with pytest.raises(DomainError, match="pourquoi"):
        answer(viewer=there, alignment=made, accept=False, words=" ")
    assert answer(viewer=there, alignment=made, accept=False, words="Trop tôt.").state == "refused"
    assert alignments(there) == []
    assert ours(table).state == "proposed", "one may propose again after a refusal"


def test_either_side_takes_a_link_back(table: Table, there: Viewer) -> None:
    made = ours(table)
    assert withdraw(viewer=there, alignment=made).state == "withdrawn"
    made.refresh_from_db()
    with pytest.raises(DomainError, match="déjà terminé"):
        withdraw(viewer=table.viewer("coordinator"), alignment=made)


def test_what_is_not_proposed(table: Table, there: Viewer) -> None:
    viewer = table.viewer("coordinator")
    with pytest.raises(DomainError, match="même démarche"):
        ours(table, other_item=table.outcome)
    with pytest.raises(NotVisible):
        ours(table, item=neighbour_item())
    hidden = PlanItem.objects.create(space=neighbour(), plan=neighbour_item().plan, kind="action")
    with pytest.raises(NotVisible):
        ours(table, other_item=hidden)
    with pytest.raises(NotAllowed):
        ours(table, viewer=table.viewer("coco"))
    made = ours(table)
    with pytest.raises(DomainError, match="existe déjà"):
        ours(table)
    with pytest.raises(DomainError, match="a déjà proposé"):
        propose(viewer=there, item=neighbour_item(), other_item=table.action, kind="complements", note="")
    with pytest.raises(NotVisible):
        answer(viewer=viewer, alignment=made, accept=True, words="")
    with pytest.raises(NotVisible):
        withdraw(viewer=viewer_for(table.user("stranger"), table.other.slug), alignment=made)
    with pytest.raises(NotAllowed):
        withdraw(viewer=table.viewer("partner"), alignment=made)


def test_who_may_be_aligned_with(table: Table, there: Viewer) -> None:
    space = neighbour()
    assert spaces_to_align(table.viewer("coordinator")) == [space]
    Space.objects.filter(pk=space.pk).update(is_public=False)
    assert spaces_to_align(table.viewer("coordinator")) == [], "a plan that one may not see is not offered"
    assert spaces_to_align(there) == []
    Membership.objects.create(space=space, person=table.person("coordinator"), role="observer")
    assert spaces_to_align(table.viewer("coordinator")) == [space]
    PlanVersion.objects.filter(space=space).update(state="archived")
    assert spaces_to_align(table.viewer("coordinator")) == []


def test_overlaps_and_gaps(table: Table, there: Viewer) -> None:
    made = ours(table, item=table.outcome, kind="overlaps")
    answer(viewer=there, alignment=made, accept=True, words="")
    viewer = table.viewer("coordinator")
    (found,) = coverage(viewer, alignments(viewer))
    assert (found.linked, found.gaps, [v.alignment for v in found.overlaps]) == (1, [], [made])
    (theirs,) = coverage(there, alignments(there))
    assert (theirs.linked, theirs.gaps) == (1, [])


def test_an_element_that_left_the_plan_in_force_leaves_its_link_readable(table: Table) -> None:
    ours(table)
    PlanVersion.objects.filter(space=neighbour()).update(state="archived")
    (view,) = alignments(table.viewer("coordinator"))
    assert view.theirs is None
    page = table.client("coordinator").get(reverse("plans:alignments", args=[table.space.slug]))
    assert page.status_code == 200


def test_in_the_browser(table: Table, there: Viewer) -> None:
    client = table.client("coordinator")
    address = reverse("plans:alignment_propose", args=[table.space.slug, neighbour().slug])
    form = client.get(address + f"?element={table.action.pk}").content.decode()
    assert "Voisine" in form
    data = {"item": table.action.pk, "other": neighbour_item().pk, "kind": "contributes", "note": ""}
    assert client.post(address, data | {"other": table.action.pk}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 422, "it exists already"
    made = Alignment.objects.get()
    other = Client()
    other.force_login(table.user("stranger"), backend="allauth.account.auth_backends.AuthenticationBackend")
    reply = reverse("plans:alignment_answer", args=[neighbour().slug, made.pk])
    assert other.post(reply, {"reponse": "non", "words": ""}).status_code == 422
    assert other.post(reply, {"reponse": "oui"}).status_code == 302
    assert client.post(reverse("plans:alignment_withdraw", args=[table.space.slug, made.pk])).status_code == 302
    private = reverse("plans:alignment_propose", args=[table.space.slug, table.other.slug])
    assert client.get(private).status_code == 404


def test_the_page_costs_the_same_with_more_links(table: Table) -> None:
    alignment_of(table)

    def more() -> None:
        version = PlanVersion.objects.get(space=neighbour())
        for order in range(2, 12):
            item = PlanItem.objects.create(space=neighbour(), plan=version.plan, kind="action")
            version.nodes.create(space=neighbour(), item=item, kind="action", order=order, title="V")
            ours(table, other_item=item)

    client, address = table.client("partner"), reverse("plans:alignments", args=[table.space.slug])
    assert_constant_queries(more, lambda: client.get(address), at_most=7)
