"""Addresses of « Décider »: the landing page, workshops and reviews."""

from __future__ import annotations

from typing import Any

from tests.permissions import COCO, COORDINATION, MEMBERS, PUBLIC, TABLE, Row, row
from tests.personas import Table


def made() -> Any:
    from tests.together.decisions import made_workshops

    return made_workshops


def workshop(table: Table) -> dict[str, Any]:
    return {"workshop_id": made().with_ideas(table).pk}


def hat(table: Table) -> dict[str, Any]:
    found = made().with_ideas(table)
    return {"workshop_id": found.pk, "hat_id": made().hat_of(found).pk}


def idea(table: Table) -> dict[str, Any]:
    found = made().with_ideas(table)
    return {"workshop_id": found.pk, "idea_id": found.ideas.order_by("pk").first().pk}


def group(table: Table) -> dict[str, Any]:
    found = made().grouped(table)
    return {"workshop_id": found.workshop_id, "group_id": found.pk}


def from_group(table: Table) -> dict[str, Any]:
    """The action to make of a group; the address's query names its ideas."""
    return {"workshop_id": made().grouped(table).workshop_id}


def chosen(table: Table) -> str:
    """The group made last, with its ideas."""
    from concertoit.together.decisions.models import Idea

    last = Idea.objects.filter(space=table.space, group__isnull=False).order_by("-group_id").first()
    assert last is not None
    ideas = Idea.objects.filter(group_id=last.group_id).order_by("pk")
    return "?" + "&".join([f"groupe={last.group_id}", *(f"idee={one.pk}" for one in ideas)])


def file(extension: str) -> Any:
    return lambda table: {**workshop(table), "extension": extension}


def code(table: Table) -> dict[str, Any]:
    return {"code": made().with_ideas(table).code}


def review(table: Table) -> dict[str, Any]:
    return {"review_id": made().reviewing(table).pk}


def reviewed_action(table: Table) -> dict[str, Any]:
    found = made().reviewing(table)
    return {"review_id": found.pk, "action_id": found.actions.get().pk}


def applied(table: Table) -> dict[str, Any]:
    return {"review_id": made().applied(table).pk}


def link(table: Table) -> dict[str, Any]:
    return {"token": made().link_of(table)}


ROWS: list[Row] = [
    row("decisions:home", read=MEMBERS),
    # --- workshops
    row("decisions:workshop_add", read=COORDINATION, write=COORDINATION),
    row("decisions:workshop", workshop, read=MEMBERS),
    row("decisions:workshop_edit", workshop, read=COORDINATION, write=COORDINATION),
    row("decisions:workshop_state", workshop, write=COORDINATION),
    row("decisions:workshop_hat", hat, write=COORDINATION),
    row("decisions:workshop_paper", workshop, read=COORDINATION, write=COORDINATION),
    row("decisions:workshop_take_part", workshop, read=TABLE, write=TABLE),
    row("decisions:workshop_wall", workshop, read=MEMBERS),
    row("decisions:workshop_wall_ideas", workshop, read=MEMBERS),
    row("decisions:workshop_sort", workshop, read=COORDINATION, write=COORDINATION),
    row("decisions:workshop_idea", idea, write=COORDINATION, data={"quoi": "retirer"}),
    row("decisions:workshop_group", group, read=COORDINATION, write=COORDINATION),
    row(
        "decisions:workshop_action",
        from_group,
        query=chosen,
        read=COORDINATION,
        write=COORDINATION,
    ),
    row("decisions:workshop_summary", workshop, read=MEMBERS),
    row("decisions:workshop_file", file("csv"), read=MEMBERS),
    row("decisions:workshop_file", file("docx"), read=MEMBERS),
    row("decisions:workshop_join", read=PUBLIC, write=PUBLIC),
    row("decisions:workshop_phone", code, read=PUBLIC, write=PUBLIC, bound=False),
    row("decisions:workshop_live", code, read=PUBLIC, bound=False),
    # --- reviews
    row("decisions:review_add", read=COORDINATION, write=COORDINATION),
    row("decisions:review", review, read=MEMBERS),
    row("decisions:review_edit", review, read=COORDINATION, write=COORDINATION),
    row("decisions:review_state", review, write=COORDINATION),
    row("decisions:review_opinion", review, read=TABLE, write=TABLE),
    row("decisions:review_links", review, read=COORDINATION, write=COORDINATION),
    row("decisions:review_keep", review, write=COORDINATION),
    row("decisions:review_action", reviewed_action, read=COCO, write=COCO),
    row("decisions:review_apply", review, read=COORDINATION, write=COORDINATION),
    row("decisions:review_undo", applied, write=COORDINATION),
    row("decisions:review_file", review, read=MEMBERS),
    row("decisions:review_link", link, read=PUBLIC, write=PUBLIC, bound=False),
]
