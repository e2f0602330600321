"""The organisations and people of a démarche: the policy of the démarche, then the services of identity."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.queries import history
from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity import services as identity
from concertoit.ground.identity.models import Organisation, Person, PersonalData
from concertoit.ground.identity.queries import spaces_mentioning
from concertoit.ground.identity.services import Merged, OrganisationFacts, PersonFacts
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewers_of
from concertoit.ground.spaces.services import indexing
from concertoit.ground.spaces.services.memberships import MembershipFacts, add_membership


@transaction.atomic
def add_organisation(*, viewer: Viewer, facts: OrganisationFacts) -> Organisation:
    """Add an organisation to the shared directory, and to the démarche as a partner whose person is not named yet."""
    viewer.must("people.manage")
    organisation = identity.create_organisation(actor=viewer.user, facts=facts, space_id=viewer.space.pk)
    add_membership(viewer=viewer, facts=MembershipFacts(organisation=organisation))
    return organisation


@transaction.atomic
def change_organisation(*, viewer: Viewer, organisation: Organisation, facts: OrganisationFacts) -> Organisation:
    """Change an organisation of the démarche."""
    viewer.must("people.manage")
    changed = identity.update_organisation(
        actor=viewer.user, organisation=organisation, facts=facts, space_id=viewer.space.pk
    )
    indexing.organisations_changed([changed.pk])
    return changed


def add_person(*, viewer: Viewer, facts: PersonFacts) -> Person:
    """Add a person; they come into the démarche with a participation."""
    viewer.must("people.manage")
    return identity.create_person(actor=viewer.user, facts=facts, space_id=viewer.space.pk)


@transaction.atomic
def change_person(*, viewer: Viewer, person: Person, facts: PersonFacts) -> Person:
    """Change a person of the démarche and their professional contacts."""
    viewer.must("people.manage")
    changed = identity.update_person(actor=viewer.user, person=person, facts=facts, space_id=viewer.space.pk)
    indexing.people_changed([changed.pk])
    return changed


def see_personal_data(*, viewer: Viewer, person: Person) -> PersonalData | None:
    """The personal data of a person of the démarche; that they were seen is written in the journal."""
    viewer.must("people.personal")
    return identity.reveal_personal_data(actor=viewer.user, person=person, space_id=viewer.space.pk)


def write_personal_data(*, viewer: Viewer, person: Person, **values: Any) -> None:
    """Keep personal data of a person of the démarche, or erase them when everything is empty."""
    viewer.must("people.personal")
    if any(values[name] for name in ("email", "phone", "address", "needs")):
        identity.save_personal_data(actor=viewer.user, person=person, space_id=viewer.space.pk, **values)
    else:
        identity.forget_personal_data(actor=viewer.user, person=person, space_id=viewer.space.pk)


@transaction.atomic
def merge_into(*, viewer: Viewer, kept: Organisation | Person, merged: Organisation | Person) -> Merged:
    """Make one row of two that are both of the démarche.

    Raises ``DomainError`` as the merge itself does, and when it would change a démarche of which the viewer does not
    manage the people: what pointed at the merged row moves, and an account takes part wherever its person does.
    """
    viewer.must("people.manage")
    _refuse_elsewhere(viewer, merged)
    if isinstance(merged, Person) and hasattr(merged, "user"):
        _refuse_elsewhere(viewer, kept)
    if isinstance(kept, Organisation) and isinstance(merged, Organisation):
        done = identity.merge_organisations(actor=viewer.user, kept=kept, merged=merged, space_id=viewer.space.pk)
        indexing.organisations_changed([kept.pk, merged.pk])
        return done
    if isinstance(kept, Person) and isinstance(merged, Person):
        done = identity.merge_people(actor=viewer.user, kept=kept, merged=merged, space_id=viewer.space.pk)
        indexing.people_changed([kept.pk, merged.pk])
        return done
    raise TypeError("two rows of the same kind")


def _refuse_elsewhere(viewer: Viewer, row: Organisation | Person) -> None:
    spaces = spaces_mentioning(row)
    if isinstance(row, Organisation):
        spaces |= set(Space.objects.filter(home=row).values_list("pk", flat=True))
    mine = {one.space.pk for one in viewers_of(viewer.user) if one.can("people.manage")} | {viewer.space.pk}
    if spaces - mine:
        raise DomainError(
            _("« %(name)s » sert aussi dans une autre démarche : qui coordonne les deux peut fusionner.")
            % {"name": row}
        )


@transaction.atomic
def unmerge(*, viewer: Viewer, merged: Organisation | Person) -> None:
    """Undo a merge that was made in this démarche. Raises ``NotVisible`` for another démarche's."""
    viewer.must("people.manage")
    if not _merged_here(viewer, merged):
        raise NotVisible("")
    kept = merged.merged_into_id
    identity.undo_merge(actor=viewer.user, merged=merged, space_id=viewer.space.pk)
    both = [pk for pk in (merged.pk, kept) if pk]
    if isinstance(merged, Organisation):
        indexing.organisations_changed(both)
    else:
        indexing.people_changed(both)


def _merged_here(viewer: Viewer, merged: Organisation | Person) -> bool:
    lines = history(merged._meta.label_lower, str(merged.pk))
    return lines.filter(space_id=viewer.space.pk, verb__in=("organisation.merged", "person.merged")).exists()


@transaction.atomic
def note_export(*, viewer: Viewer) -> None:
    """Write in the journal who took the list of participants out. Raises ``NotAllowed`` to who may not."""
    viewer.must("people.manage")
    record(
        actor=viewer.user, verb="participants.exported", object_type="spaces.space", object_id=viewer.space.pk,
        object_label=viewer.space.name, space_id=viewer.space.pk,
    )  # fmt: skip
