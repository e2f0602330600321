"""What plans tell people: named in a comment, a figure contested, news received, reminders."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concertoit.ground.core.spoken import date_long, date_short
from concertoit.ground.notifications.enums import Email
from concertoit.ground.notifications.services import notify, send_mail_message
from concertoit.ground.notifications.verbs import Kind, register
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import ImportState
from concertoit.together.plans.models import Comment, Contest, PlanImport, PlanNode, UpdateRequest
from concertoit.together.plans.rules.staleness import Why

KINDS = (
    Kind(
        "plans.mention",
        gettext_lazy("On vous nomme dans un commentaire"),
        gettext_lazy("Quelqu’un écrit @votre nom sous une action du plan."),
    ),
    Kind(
        "plans.contest",
        gettext_lazy("Chiffres contestés"),
        gettext_lazy("Un chiffre que vous avez inscrit est contesté, ou votre contestation a sa réponse."),
    ),
    Kind(
        "plans.import",
        gettext_lazy("Document lu"),
        gettext_lazy("Un long document que vous avez apporté est prêt à vérifier, ou n’a pas pu être lu."),
        email=Email.NEVER,
    ),
    Kind(
        "plans.news",
        gettext_lazy("Nouvelles reçues"),
        gettext_lazy("Un partenaire a répondu à votre « Où en est-ce? »."),
        email=Email.DIGEST,
    ),
    Kind(
        "plans.reminder",
        gettext_lazy("Rappels du plan"),
        gettext_lazy("Vos étapes en retard, à échéance prochaine ou sans nouvelles, réunies en un message."),
    ),
)


def declare() -> None:
    """Register the kinds of notice; called when the room is wired."""
    for kind in KINDS:
        register(kind)


def item_url(space: Space, item_id: int, anchor: str = "") -> str:
    return reverse("plans:item", kwargs={"slug": space.slug, "item_id": item_id}) + anchor


def mentioned(*, users: Iterable[Any], viewer: Viewer, node: PlanNode, comment: Comment) -> None:
    """Tell the people named in a comment."""
    names = {"who": str(viewer.user), "what": str(node)}
    notify(
        users=users,
        kind="plans.mention",
        subject=lambda: _("%(who)s vous nomme à propos de « %(what)s »") % names,
        body=comment.body,
        url=item_url(viewer.space, node.item_id, "#commentaires"),
        space_id=viewer.space.pk,
        actor=viewer.user,
        dedup_key=f"plans.comment:{comment.pk}",
    )


def contested(*, viewer: Viewer, node: PlanNode, contest: Contest) -> None:
    """Tell the author of a figure that somebody contests it."""
    author = contest.measure.author
    what = {"who": str(viewer.user), "what": contest.measure.indicator.title}
    notify(
        users=[author] if author else [],
        kind="plans.contest",
        subject=lambda: _("%(who)s conteste un chiffre : « %(what)s »") % what,
        body=contest.reason,
        url=item_url(viewer.space, node.item_id, "#indicateurs"),
        space_id=viewer.space.pk,
        actor=viewer.user,
        dedup_key=f"plans.contest:{contest.pk}",
    )


def contest_answered(*, viewer: Viewer, node: PlanNode, contest: Contest) -> None:
    """Tell who contested a figure what was answered."""
    title = {"what": contest.measure.indicator.title}

    def subject() -> str:
        kept = _("Votre contestation est retenue : « %(what)s »")
        return (kept if contest.accepted else _("Votre contestation a une réponse : « %(what)s »")) % title

    notify(
        users=[contest.author] if contest.author else [],
        kind="plans.contest",
        subject=subject,
        body=contest.answer,
        url=item_url(viewer.space, node.item_id, "#indicateurs"),
        space_id=viewer.space.pk,
        actor=viewer.user,
        dedup_key=f"plans.contest_answer:{contest.pk}",
    )


def document_read(*, brought: PlanImport, users: Iterable[Any]) -> None:
    """Tell the person who brought a long document that it is read, or why it cannot be."""
    name = {"what": brought.name}

    def subject() -> str:
        if brought.state == ImportState.UNREADABLE:
            return _("« %(what)s » n’a pas pu être lu") % name
        return _("« %(what)s » est lu : vérifiez ce qui a été compris") % name

    notify(
        users=users,
        kind="plans.import",
        subject=subject,
        body=brought.problem,
        url=reverse("plans:import_preview", kwargs={"slug": brought.space.slug, "import_id": brought.pk}),
        space_id=brought.space_id,
        dedup_key=f"plans.import:{brought.pk}:{brought.job_id}",
    )


def ask(*, request: UpdateRequest, node: PlanNode, token: str, again: bool) -> None:
    """Write to somebody, with or without an account, the personal link where to say where an item stands."""
    what = {"what": str(node), "space": str(request.space), "day": date_long(request.expires_at.date(), weekday=False)}
    first = _("Où en est-ce? « %(what)s »") % what
    send_mail_message(
        to=request.email,
        subject=_("Rappel : %(subject)s") % {"subject": first} if again else first,
        body=_(
            "La coordination de « %(space)s » aimerait savoir où en est « %(what)s ». "
            "Une minute suffit : le lien ci-dessous est personnel, ne demande pas de compte et vaut jusqu’au %(day)s."
        )
        % {**what, "day": what["day"].removeprefix("le ")},
        url=reverse("plans:answer", kwargs={"token": token}),
        action=_("Dire où ça en est"),
        space_id=request.space_id,
        reply_to=request.asked_by.email if request.asked_by else "",
        dedup_key=f"ask:{request.pk}:{request.reminders}",
    )


def ask_answered(*, request: UpdateRequest, node: PlanNode, who: str) -> None:
    """Tell who asked that the answer came."""
    names = {"who": who, "what": str(node)}
    notify(
        users=[request.asked_by] if request.asked_by else [],
        kind="plans.news",
        subject=lambda: _("%(who)s donne des nouvelles de « %(what)s »") % names,
        url=item_url(request.space, node.item_id, "#nouvelles"),
        space_id=request.space_id,
        dedup_key=f"plans.ask:{request.pk}",
    )


WHY = {
    Why.LATE: gettext_lazy("en retard depuis le %(due)s"),
    Why.SOON: gettext_lazy("à échéance le %(due)s"),
    Why.SILENT: gettext_lazy("sans nouvelles récentes"),
}


def reason(why: Why, due: date | None) -> str:
    """Why a reminder leaves, in words."""
    return str(WHY[why]) % {"due": date_short(due) if due else "?"}


def digest_text(lines: Iterable[tuple[PlanNode, Why, date | None]]) -> str:
    """One line for each item that waits, with why."""
    return "\n".join(f"• {node}\u00a0: {reason(why, due)}" for node, why, due in lines)


def remind(
    *, user: Any, email: str, space: Space, lines: list[tuple[PlanNode, Why, date | None]], today: date
) -> None:
    """One message to one person for all their items: a notice when they have an account, else an e-mail."""
    count = len(lines)
    values = {"n": count, "space": str(space)}

    def subject() -> str:
        return (
            ngettext(
                "Une action attend de vos nouvelles (%(space)s)",
                "%(n)s actions attendent de vos nouvelles (%(space)s)",
                count,
            )
            % values
        )

    key = f"plans.reminder:{space.pk}:{date_short(today)}"
    url = reverse("plans:mine", kwargs={"slug": space.slug})
    if user is not None:
        notify(
            users=[user],
            kind="plans.reminder",
            subject=subject,
            body=lambda: digest_text(lines),
            url=url,
            space_id=space.pk,
            dedup_key=key,
        )
        return
    send_mail_message(
        to=email, subject=subject, body=lambda: digest_text(lines), space_id=space.pk, dedup_key=f"{key}:{email}"
    )
