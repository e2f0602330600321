"""What an emergency cell tells: the call, a role or a task given, the end. A place and a number, never a tenant."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.field.cases.models import CellMember, CellTask, RapidResponse
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register

KINDS = (
    Kind(
        "cases.cell",
        gettext_lazy("Cellule d’urgence"),
        gettext_lazy("On vous y appelle, on vous y confie un rôle ou une tâche, ou elle est levée."),
        email=Email.NOW,
    ),
)  # fmt: skip


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def prefix(cell: RapidResponse) -> str:
    """What begins every message of an exercise."""
    return f"[{_('EXERCICE')}] " if cell.exercise else ""


def _account(member: CellMember) -> User | None:
    """The account of a member of the démarche who has one."""
    if member.membership is None or member.membership.person_id is None:
        return None
    return User.objects.filter(person=member.membership.person_id, is_active=True).first()


def _tell(member: CellMember, token: str, subject: Any, body: Any, action: Any, key: str, actor: Any = None) -> None:
    """A notice to an account, else an e-mail with the personal link."""
    cell, account = member.cell, _account(member)
    if account is not None:
        notify(
            users=[account], kind="cases.cell", subject=subject, body=body, space_id=cell.space_id, actor=actor,
            url=reverse("cases:cell", kwargs={"slug": cell.space.slug, "reference": cell.reference}),
            dedup_key=f"cases.cell:{cell.pk}:{key}",
        )  # fmt: skip
    elif member.email:
        send_mail_message(
            to=member.email, subject=subject, body=body, action=action, space_id=cell.space_id,
            url=reverse("cases:cell_link", kwargs={"token": token}), dedup_key=f"cell:{cell.pk}:{key}:{member.pk}",
        )  # fmt: skip


def called(*, member: CellMember, token: str, actor: Any = None) -> None:
    """Call somebody to the cell."""
    cell = member.cell
    values = {"place": cell.title, "why": cell.get_reason_display(), "role": member.get_role_display()}
    _tell(
        member, token,
        lambda: prefix(cell) + _("Cellule d’urgence : %(place)s") % values,
        lambda: _(
            "On vous appelle. Raison : %(why)s. Rôle proposé : %(role)s. Ouvrez la page et répondez en un geste. "
            "Danger immédiat : composez d’abord le 911."
        ) % values,
        lambda: _("Répondre à l’appel"), f"call:{member.pk}", actor,
    )  # fmt: skip


def role_given(*, member: CellMember, token: str, actor: Any = None) -> None:
    """Tell somebody of their role."""
    cell = member.cell
    values = {"place": cell.title, "role": member.get_role_display()}
    _tell(
        member, token, lambda: prefix(cell) + _("%(role)s : la cellule %(place)s compte sur vous") % values, "",
        lambda: _("Ouvrir la cellule"), f"role:{member.pk}:{member.role}:{member.role_at:%H%M%S}", actor,
    )  # fmt: skip


def task_given(*, task: CellTask, member: CellMember, token: str, actor: Any = None) -> None:
    """Tell somebody of their task."""
    cell = member.cell
    values = {"place": cell.title}
    _tell(  # what is to be done is read on the page: people write there what no subject of an e-mail should say
        member, token, lambda: prefix(cell) + _("Une tâche vous attend (cellule %(place)s)") % values, "",
        lambda: _("Ouvrir la cellule"), f"task:{task.pk}:{member.pk}", actor,
    )  # fmt: skip


def stood_down(*, member: CellMember, token: str, actor: Any = None) -> None:
    """Tell somebody that it is over."""
    cell = member.cell
    _tell(
        member, token, lambda: prefix(cell) + _("Cellule levée : %(place)s") % {"place": cell.title},
        lambda: _("Merci. Le retour sur l’action se fera avec vous."), lambda: _("Relire le journal"),
        f"end:{member.pk}", actor,
    )  # fmt: skip
