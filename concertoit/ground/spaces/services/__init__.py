"""Writes of démarches. Each takes the viewer who acts, asks the policy, and writes its line in the journal."""

from concertoit.ground.spaces.services.bodies import (
    BodyFacts,
    CommitteeFacts,
    add_seat,
    end_seat,
    move_committee,
    save_body,
    save_committee,
)
from concertoit.ground.spaces.services.committees import merge_committees, unmerge_committee
from concertoit.ground.spaces.services.directory import (
    add_organisation,
    add_person,
    change_organisation,
    change_person,
    merge_into,
    note_export,
    see_personal_data,
    unmerge,
    write_personal_data,
)
from concertoit.ground.spaces.services.invitations import (
    InvitationFacts,
    accept_with_account,
    invite,
    open_account_from,
    resend,
    withdraw,
)
from concertoit.ground.spaces.services.memberships import (
    MembershipFacts,
    add_membership,
    change_membership,
    end_membership,
)
from concertoit.ground.spaces.services.priorities import move_priority, remove_priority, save_priority
from concertoit.ground.spaces.services.spaces import SpaceFacts, create_space, update_space

__all__ = [
    "BodyFacts",
    "CommitteeFacts",
    "InvitationFacts",
    "MembershipFacts",
    "SpaceFacts",
    "accept_with_account",
    "add_membership",
    "add_organisation",
    "add_person",
    "add_seat",
    "change_membership",
    "change_organisation",
    "change_person",
    "create_space",
    "end_membership",
    "end_seat",
    "invite",
    "merge_committees",
    "merge_into",
    "move_committee",
    "move_priority",
    "note_export",
    "open_account_from",
    "remove_priority",
    "resend",
    "save_body",
    "save_committee",
    "save_priority",
    "see_personal_data",
    "unmerge",
    "unmerge_committee",
    "update_space",
    "withdraw",
    "write_personal_data",
]
