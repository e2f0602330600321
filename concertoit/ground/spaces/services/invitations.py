"""Inviting people by e-mail: a personal link opens an account, or lets an existing one in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core import personal_links
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity import services as identity
from concertoit.ground.identity.models import Organisation, Person, User
from concertoit.ground.identity.services import PersonFacts
from concertoit.ground.spaces import notifications, rules
from concertoit.ground.spaces.enums import Capacity, Role
from concertoit.ground.spaces.models import Invitation, Membership
from concertoit.ground.spaces.policies import Viewer, in_force
from concertoit.ground.spaces.services import indexing
from concertoit.ground.spaces.services.spaces import person_of

OBJECT = "spaces.invitation"
OPEN, ACCEPTED = "open", "accepted"


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """Whom one invites, and as what. ``membership`` is a participation that the person already has, without account."""

    email: str
    role: str = Role.PARTNER
    organisation: Organisation | None = None
    capacity: str = Capacity.ORGANISATION
    message: str = ""
    membership: Membership | None = None


def state_of(invitation: Invitation) -> str:
    """``open``, ``accepted``, ``withdrawn`` or ``expired``, now."""
    return rules.invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        now=timezone.now(),
    )


@transaction.atomic
def invite(*, viewer: Viewer, facts: InvitationFacts) -> Invitation:
    """Write the invitation and send its link; only the link's digest is kept.

    Raises ``DomainError`` when an invitation for this address is still open, when its account already takes part, or
    when the participation is that of somebody who has an account or who takes part in another démarche.
    """
    viewer.must("people.manage")
    email = facts.email.strip().lower()
    _refuse_useless(viewer, email)
    if facts.membership:
        _refuse_not_theirs(viewer, facts.membership)
    invitation = Invitation(
        space=viewer.space, email=email, role=facts.role, organisation=facts.organisation, capacity=facts.capacity,
        message=facts.message, membership=facts.membership, invited_by=viewer.user,
    )  # fmt: skip
    _send(viewer, invitation)
    indexing.organisations_changed([facts.organisation.pk] if facts.organisation else [], viewer.space)
    record(
        actor=viewer.user, verb="invitation.sent", object_type=OBJECT, object_id=invitation.pk, object_label=email,
        space_id=viewer.space.pk, after={"role": facts.role, "organisation": str(facts.organisation or "")},
    )  # fmt: skip
    return invitation


@transaction.atomic
def resend(*, viewer: Viewer, invitation: Invitation) -> Invitation:
    """Send a new link, good for as long as a new invitation; the previous link opens nothing any more.

    Raises ``DomainError`` when the invitation has been accepted or withdrawn.
    """
    viewer.must("people.manage")
    if state_of(invitation) not in (OPEN, "expired"):
        raise DomainError(_("Cette invitation a déjà servi ou a été retirée. Faites-en une nouvelle."))
    _send(viewer, invitation)
    record(
        actor=viewer.user, verb="invitation.resent", object_type=OBJECT, object_id=invitation.pk,
        object_label=invitation.email, space_id=viewer.space.pk,
    )  # fmt: skip
    return invitation


@transaction.atomic
def withdraw(*, viewer: Viewer, invitation: Invitation) -> Invitation:
    """Withdraw an invitation that has not served. Raises ``DomainError`` when it has been accepted."""
    viewer.must("people.manage")
    if state_of(invitation) == ACCEPTED:
        raise DomainError(_("Cette invitation a déjà servi. Terminez plutôt la participation."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at", "updated_at"])
    record(
        actor=viewer.user, verb="invitation.withdrawn", object_type=OBJECT, object_id=invitation.pk,
        object_label=invitation.email, space_id=viewer.space.pk,
    )  # fmt: skip
    return invitation


@transaction.atomic
def open_account_from(
    *, invitation: Invitation, given_name: str, family_name: str, password: str, language: str
) -> User:
    """Open the account of the person invited, and let it in.

    Raises ``DomainError`` when the link no longer serves, or as ``identity.open_account`` does.
    """
    invitation = _lock_open(invitation)
    person = _person_invited(invitation, given_name, family_name)
    user = identity.open_account(email=invitation.email, password=password, person=person, language=language)
    _let_in(invitation, user, person)
    return user


@transaction.atomic
def accept_with_account(*, invitation: Invitation, user: User) -> Membership:
    """Let an existing account in. Raises ``DomainError`` when the link no longer serves."""
    return _let_in(_lock_open(invitation), user, person_of(user))


def _refuse_useless(viewer: Viewer, email: str) -> None:
    open_ones = Invitation.objects.filter(
        space=viewer.space, email__iexact=email, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    if open_ones.exists():
        raise DomainError(_("Une invitation attend déjà à cette adresse. Renvoyez-la plutôt."), field="email")
    members = Membership.objects.filter(in_force(), space=viewer.space, person__user__email__iexact=email)
    if members.exists():
        raise DomainError(_("Cette personne a déjà un compte dans la démarche."), field="email")


def _refuse_not_theirs(viewer: Viewer, membership: Membership) -> None:
    """Giving an account to a person gives it all their participations: another démarche's is not ours to give."""
    if membership.space_id != viewer.space.pk:
        raise NotVisible("")
    if membership.person is None:
        return
    if hasattr(membership.person, "user"):
        raise DomainError(_("Cette personne a déjà un compte."))
    if _is_elsewhere(membership.person, membership.space_id):
        raise DomainError(
            _("Cette personne prend aussi part à une autre démarche. Invitez-la sans la rattacher à sa fiche.")
        )


def _is_elsewhere(person: Person, space_id: int) -> bool:
    return Membership.objects.filter(person=person).exclude(space_id=space_id).exists()


def _send(viewer: Viewer, invitation: Invitation) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_digest = personal_links.digest_of(token)
    invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    invitation.save()
    notifications.send_invitation(invitation, token, viewer.user)


def _lock_open(invitation: Invitation) -> Invitation:
    """The invitation as it is now: two clicks on one link let one person in."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if state_of(locked) != OPEN:
        raise DomainError(_("Ce lien ne sert plus."))
    return locked


def _person_invited(invitation: Invitation, given_name: str, family_name: str) -> Person:
    known = invitation.membership.person if invitation.membership else None
    if known and not hasattr(known, "user") and not _is_elsewhere(known, invitation.space_id):
        return known
    facts = PersonFacts(given_name=given_name, family_name=family_name)
    return identity.create_person(actor=invitation.invited_by, facts=facts, space_id=invitation.space_id)


def _let_in(invitation: Invitation, user: User, person: Person) -> Membership:
    membership = _membership_for(invitation, person)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.membership = membership
    invitation.save(update_fields=["accepted_at", "accepted_by", "membership", "updated_at"])
    indexing.participation_changed(membership)
    record(
        actor=user, verb="invitation.accepted", object_type=OBJECT, object_id=invitation.pk,
        object_label=invitation.email, space_id=invitation.space_id,
        after={"account": user.email, "membership": membership.pk, "role": membership.role},
    )  # fmt: skip
    return membership


def _membership_for(invitation: Invitation, person: Person) -> Membership:
    """The participation prepared for them, the same they already have, or a new one."""
    prepared = invitation.membership
    if prepared and prepared.person_id in (None, person.pk):
        prepared.person = person
        prepared.save(update_fields=["person", "updated_at"])
        return prepared
    as_invited = Membership.objects.filter(
        in_force(), space_id=invitation.space_id, role=invitation.role, organisation=invitation.organisation
    )
    same = as_invited.filter(person=person).first() or _name_person(as_invited, person)
    return same or Membership.objects.create(
        space_id=invitation.space_id, person=person, organisation_id=invitation.organisation_id, role=invitation.role,
        capacity=invitation.capacity, starts_on=timezone.localdate(),
    )  # fmt: skip


def _name_person(as_invited: QuerySet[Membership], person: Person) -> Membership | None:
    """The organisation took part without anybody named: now there is somebody."""
    nameless = as_invited.filter(person=None, organisation__isnull=False).first()
    if nameless:
        nameless.person = person
        nameless.save(update_fields=["person", "updated_at"])
    return nameless
