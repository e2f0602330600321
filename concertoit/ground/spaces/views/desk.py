"""What démarches bring to « Ma table »: invitations that wait, people and committees that arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup, escape

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import desk
from concertoit.ground.spaces.queries.desk import Invited
from concertoit.ground.ui.desk import Brought, Move, Todo
from concertoit.ground.ui.moments import near

ORDER = 65
# The address an invitation was sent to is not for everybody: the sentence does not say it.
SENTENCES = {
    "invitation.accepted": gettext_lazy("{who} a rejoint {space}"),
    "membership.added": gettext_lazy("{who} a accueilli {what}"),
    "committee.created": gettext_lazy("{who} a annoncé le comité {what}"),
    "committee.active": gettext_lazy("{who} a formé le comité {what}"),
    "committee.closed": gettext_lazy("{who} a mis fin au comité {what}"),
    "body.created": gettext_lazy("{who} a ajouté l’instance {what}"),
}


def invitations(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Invitations that wait in the démarches of a person; one query."""
    by_space = {viewer.space.pk: viewer for viewer in viewers}
    return Brought(todos=[_invited(by_space[one.space_id], one) for one in desk.invited(viewers)])


def arrivals(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """People and committees that arrive; one query."""
    if not viewers:
        return Brought()
    by_space = {viewer.space.pk: viewer for viewer in viewers}
    return Brought(moves=[_move(by_space[one.space_id], one) for one in desk.moved(viewers, user)])


def _invited(viewer: Viewer, one: Invited) -> Todo:
    """Invitations without answer; what expires first is the deadline."""
    number = one.open + one.expired
    notes = []
    if one.expiring and one.first_end:
        text = ngettext("%(num)d expire %(day)s", "%(num)d expirent bientôt, la première %(day)s", one.expiring)
        notes.append(text % {"num": one.expiring, "day": near(timezone.localtime(one.first_end).date())})
    if one.expired:
        notes.append(ngettext("%(num)d est expirée", "%(num)d sont expirées", one.expired) % {"num": one.expired})
    return Todo(
        title=ngettext("%(num)d invitation sans réponse", "%(num)d invitations sans réponse", number)
        % {"num": number},
        href=reverse("spaces:invitations", kwargs={"slug": viewer.space.slug}),
        action=_("Relancer") if notes else _("Voir"),
        note=" · ".join(notes) or _("Le lien reçu par courriel est encore bon"),
        icon="envelope",
        tone="sun" if notes else "sky",
        due=timezone.localtime(one.first_end).date() if one.first_end else None,
        order=ORDER,
        space_id=one.space_id,
    )


def _move(viewer: Viewer, one: Any) -> Move:
    slug = viewer.space.slug
    page = "spaces:bodies" if one.verb.startswith(("committee", "body")) else "spaces:people"
    link = Markup('<a href="{}">{}</a>')
    address = reverse(page, kwargs={"slug": slug})
    sentence = escape(str(SENTENCES[one.verb])).format(
        who=Markup("<strong>{}</strong>").format(one.actor_label or "Concertoit"),
        what=link.format(address, one.object_label) if one.verb != "invitation.accepted" else "",
        space=link.format(address, viewer.space.name),
    )
    icon = "people" if page == "spaces:bodies" else "person-plus"
    return Move(one.at, sentence, icon, "spruce", one.space_id)
