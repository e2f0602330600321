"""Opening an account and changing one's own profile."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity.models import Person, User

OBJECT = "identity.user"


@transaction.atomic
def open_account(*, email: str, password: str, person: Person, language: str, actor: Any = None) -> User:
    """Open the account of a person whose address is proven (by the link of an invitation).

    Raises ``DomainError`` when the address or the person already has an account, or the password is too weak.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise DomainError(_("Un compte existe déjà avec cette adresse. Connectez-vous."), field="email")
    if hasattr(person, "user"):
        raise DomainError(_("Cette personne a déjà un compte."))
    try:
        validate_password(password, User(email=email, name=person.full_name))
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field="password1") from error
    user = User.objects.create_user(email, password, name=person.full_name, person=person, language=_known(language))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record(actor=actor or user, verb="account.opened", object_type=OBJECT, object_id=user.pk, object_label=str(user))
    return user


@transaction.atomic
def save_profile(*, user: User, name: str, language: str) -> User:
    """Change how an account is named and in which language it reads. Raises ``DomainError`` without a name."""
    if not name.strip():
        raise DomainError(_("Écrivez le nom que les autres verront."), field="name")
    before = {"name": user.name, "language": user.language}
    user.name, user.language = name.strip(), _known(language)
    user.save(update_fields=["name", "language"])
    after = {"name": user.name, "language": user.language}
    if before != after:
        record(
            actor=user, verb="account.updated", object_type=OBJECT, object_id=user.pk, object_label=str(user),
            before=before, after=after,
        )  # fmt: skip
    return user


@transaction.atomic
def end_sessions(*, user: User, sessions: Iterable[UserSession]) -> int:
    """Disconnect devices of a user; tells how many."""
    ended = [session for session in sessions if session.user_id == user.pk]
    for session in ended:
        session.end()
    if ended:
        record(
            actor=user, verb="account.sessions_ended", object_type=OBJECT, object_id=user.pk, object_label=str(user),
            after={"count": len(ended)},
        )  # fmt: skip
    return len(ended)


def _known(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
