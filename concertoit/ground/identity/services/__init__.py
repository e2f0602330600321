"""Writes of identity. Who may call them is decided above, where the démarche is known (``spaces``)."""

from concertoit.ground.identity.services.accounts import end_sessions, open_account, save_profile
from concertoit.ground.identity.services.merging import (
    Merged,
    merge_organisations,
    merge_people,
    merge_rows,
    mergeable,
    undo_merge,
)
from concertoit.ground.identity.services.organisations import (
    OrganisationFacts,
    add_alias,
    create_organisation,
    update_organisation,
)
from concertoit.ground.identity.services.people import (
    ContactFacts,
    PersonFacts,
    create_person,
    forget_personal_data,
    reveal_personal_data,
    save_personal_data,
    update_person,
)

__all__ = [
    "ContactFacts",
    "Merged",
    "OrganisationFacts",
    "PersonFacts",
    "add_alias",
    "create_organisation",
    "create_person",
    "end_sessions",
    "forget_personal_data",
    "merge_organisations",
    "merge_people",
    "merge_rows",
    "mergeable",
    "open_account",
    "reveal_personal_data",
    "save_personal_data",
    "save_profile",
    "undo_merge",
    "update_organisation",
    "update_person",
]
