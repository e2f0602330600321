"""Who may do what with a plan.

Everybody in the démarche reads the plan. The coordination writes it, brings documents in, freezes and files it. Whoever
takes part in the table comments; an organisation tells where stand the items it leads, or for which it is fiscal agent.
"""

from concertoit.ground.core.errors import NotAllowed
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.policies import COCO, COORDINATION, EVERYBODY, TABLE, Viewer, grant

CARRYING_ROLES = ("lead", "fiscal_agent")


def declare() -> None:
    """Give the verbs of plans to roles; called when the room is wired."""
    grant("plan.view", EVERYBODY)
    grant("plan.draft.view", COCO)
    grant("plan.edit", COORDINATION)
    grant("plan.import", COORDINATION)
    grant("plan.freeze", COORDINATION)
    grant("plan.file", COORDINATION)
    grant("plan.ask", COORDINATION)
    grant("plan.align", COORDINATION)
    grant("plan.comment", TABLE)
    grant("plan.contest", TABLE)
    grant("plan.followup.all", COORDINATION)
    grant("plan.followup.own", frozenset({Role.COORDINATION, Role.COCO, Role.PARTNER, Role.CONTRIBUTOR}))
    grant("plan.notes.view", TABLE | {Role.OBSERVER, Role.FUNDER})


def may_follow_up(viewer: Viewer, carrying_organisation_ids: frozenset[int] | set[int]) -> bool:
    """Whether the viewer tells where an item stands, given the organisations that carry it (or one of its ancestors)."""
    if viewer.can("plan.followup.all"):
        return True
    return viewer.can("plan.followup.own") and not viewer.organisation_ids.isdisjoint(carrying_organisation_ids)


def must_follow_up(viewer: Viewer, carrying_organisation_ids: frozenset[int] | set[int]) -> None:
    """Raise ``NotAllowed`` unless ``may_follow_up``."""
    if not may_follow_up(viewer, carrying_organisation_ids):
        raise NotAllowed("")
