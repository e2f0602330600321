"""What plans bring to « Ma table »: what waits for me, what moved, what comes, and where each plan stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.ui.desk import Brought, Coming, Todo
from concertoit.ground.ui.moments import near
from concertoit.ground.ui.panels import Panel
from concertoit.together.plans.queries import desk
from concertoit.together.plans.queries.desk import Carried, Standings, Waiting
from concertoit.together.plans.queries.moves import moved
from concertoit.together.plans.views.desk_moves import move
from concertoit.together.plans.views.show import progress_parts

TITLE_LENGTH = 90
# Lines of one day, the most pressing first.
ASKED, LATE, ANSWER, CHECK, OWN, NOTE, SILENT, DRAFT = 10, 20, 30, 35, 40, 45, 60, 70


def short(title: str, length: int = TITLE_LENGTH) -> str:
    """A title that fits on a line or two."""
    line = " ".join(title.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def brought(user: Any, viewers: Sequence[Viewer]) -> Brought:
    """Everything plans have to say to this person; seven queries at most."""
    today = timezone.localdate()
    by_space = {viewer.space.pk: viewer for viewer in viewers if viewer.can("plan.view")}
    if not by_space:
        return Brought()
    seen = list(by_space.values())
    stand = desk.standings(seen)
    coordinated = [viewer.space.pk for viewer in seen if viewer.can("plan.edit")]
    carried = desk.carried(seen, stand.versions, today)
    waiting = desk.waiting(seen, stand.versions)
    silent = desk.silent(coordinated, stand.versions, today)
    asked = {one.pk: one for one in waiting if one.what == "asked"}
    whole = Brought(cards=_cards(seen, stand, silent))
    for work in carried:
        whole.todos += _todo(by_space[work.space_id], work, today, asked=asked.pop(work.item_id, None) is not None)
        whole.coming += _later(by_space[work.space_id], work)
    whole.todos += [_asked(by_space[one.space_id], one) for one in asked.values()]
    whole.todos += _to_coordinate(by_space, stand, silent)
    whole.todos += _drafts(by_space, stand)
    whole.todos += _proposals(by_space, waiting)
    whole.todos += _to_check(by_space, waiting, today)
    whole.coming += _next_steps(by_space, waiting, today)
    whole.moves = [move(by_space[one.space_id].space, one) for one in moved(seen, stand.versions, user)]
    return whole


def address(name: str, viewer: Viewer, **kwargs: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": viewer.space.slug, **kwargs})


def _todo(viewer: Viewer, one: Carried, today: date, *, asked: bool) -> Iterator[Todo]:
    """An action where something waits: late, blocked, due this week, or asked by somebody."""
    if not (asked or one.late or one.blocked or one.soon):
        return
    notes = [_("On vous demande des nouvelles")] if asked else []
    if one.late:
        first = near(one.due, today) if one.due else ""
        text = ngettext(
            "%(num)d étape en retard depuis %(day)s", "%(num)d étapes en retard, la première depuis %(day)s", one.late
        )
        notes.append(text % {"num": one.late, "day": first})
    if one.blocked:
        notes.append(ngettext("%(num)d étape bloquée", "%(num)d étapes bloquées", one.blocked) % {"num": one.blocked})
    if one.soon and not one.late and one.due:
        notes.append(ngettext("%(num)d étape à finir", "%(num)d étapes à finir", one.soon) % {"num": one.soon})
    yield Todo(
        title=_("Dire où en est « %(title)s »") % {"title": short(one.title)},
        href=f"{address('item', viewer, item_id=one.item_id)}#suivi",
        action=_("Mettre à jour"),
        note=" · ".join(notes),
        icon="chat-left-text" if asked else "exclamation-triangle" if one.late else "diagram-3",
        tone="late" if one.late else "sun" if one.blocked and not one.soon else "brick",
        due=one.due,
        now=bool(asked or one.late),
        order=ASKED if asked else LATE if one.late else OWN,
        space_id=one.space_id,
    )


def _asked(viewer: Viewer, one: Waiting) -> Todo:
    """A question about something where nothing else waits."""
    return Todo(
        title=_("Dire où en est « %(title)s »") % {"title": short(one.label)},
        href=f"{address('item', viewer, item_id=one.pk)}#suivi",
        action=_("Répondre"),
        note=_("On vous demande des nouvelles · une minute suffit"),
        icon="chat-left-text",
        tone="brick",
        now=True,
        order=ASKED,
        space_id=one.space_id,
    )


def _later(viewer: Viewer, one: Carried) -> Iterator[Coming]:
    if one.later and one.next_due:
        text = ngettext("%(num)d étape à finir", "%(num)d étapes à finir", one.later)
        yield Coming(
            title=short(one.title),
            href=address("item", viewer, item_id=one.item_id),
            on=one.next_due,
            note=text % {"num": one.later},
            space_id=one.space_id,
        )


def _to_coordinate(by_space: dict[int, Viewer], stand: Standings, silent: dict[int, int]) -> Iterator[Todo]:
    """What only the coordination sees: no plan yet, actions of which nothing is heard."""
    with_plan = {one.space_id for one in stand.shown}
    for space_id, viewer in by_space.items():
        if not viewer.can("plan.edit"):
            continue
        if space_id not in with_plan:
            yield Todo(
                title=_("Apporter le plan d’action"),
                href=address("import_start", viewer),
                action=_("Importer"),
                note=_("Word, Excel, PDF ou texte collé : vous vérifiez avant de confirmer"),
                icon="file-earmark-arrow-up",
                order=CHECK,
                space_id=space_id,
            )
        if quiet := silent.get(space_id, 0):
            text = ngettext("Demander des nouvelles d’une action", "Demander des nouvelles de %(num)d actions", quiet)
            yield Todo(
                title=text % {"num": quiet},
                href=f"{address('plan', viewer)}?voir=silencieuses",
                action=_("Voir"),
                note=_("Rien entendu depuis deux mois"),
                icon="chat-left-text",
                tone="sun",
                order=SILENT,
                space_id=space_id,
            )


def _drafts(by_space: dict[int, Viewer], stand: Standings) -> Iterator[Todo]:
    """Drafts that wait for the coordination, the first one of a plan included."""
    drafts = [*stand.drafts, *(one for one in stand.shown if one.state == "draft")]
    for draft in drafts:
        viewer = by_space[draft.space_id]
        if viewer.can("plan.edit"):
            yield Todo(
                title=_("Terminer l’ébauche de « %(plan)s »") % {"plan": short(draft.plan, 60)},
                href=address("outline", viewer),
                action=_("Ouvrir"),
                note=_("Elle entre en vigueur quand la table l’adopte"),
                icon="pencil-square",
                tone="sky",
                order=DRAFT,
                space_id=draft.space_id,
            )


def _proposals(by_space: dict[int, Viewer], waiting: list[Waiting]) -> Iterator[Todo]:
    """One line for all that one démarche proposes to another."""
    counts = Counter((one.space_id, one.label) for one in waiting if one.what == "alignment")
    for (space_id, other), number in counts.items():
        text = ngettext("Répondre à l’arrimage proposé", "Répondre à %(num)d arrimages proposés", number)
        yield Todo(
            title=text % {"num": number},
            href=address("alignments", by_space[space_id]),
            action=_("Répondre"),
            note=_("Par %(space)s") % {"space": other},
            icon="share",
            order=ANSWER,
            space_id=space_id,
        )


def _to_check(by_space: dict[int, Viewer], waiting: list[Waiting], today: date) -> Iterator[Todo]:
    """Documents brought in and steps of the cycle that have passed, for the coordination."""
    for one in waiting:
        viewer = by_space[one.space_id]
        if one.what == "import":
            yield _import(viewer, one)
        elif one.what == "cycle" and one.on and one.on < today and viewer.can("plan.edit"):
            yield _to_note(viewer, one)


def _import(viewer: Viewer, one: Waiting) -> Todo:
    return Todo(
        title=_("Vérifier le document apporté"),
        href=address("import_preview", viewer, import_id=one.pk),
        action=_("Vérifier"),
        note=_("« %(name)s » n’est pas encore dans le plan") % {"name": short(one.label, 60)},
        icon="file-earmark-text",
        tone="sky",
        order=CHECK,
        space_id=one.space_id,
    )


def _to_note(viewer: Viewer, one: Waiting) -> Todo:
    """A step of the cycle whose day has passed: what was done is to be written."""
    return Todo(
        title=_("Noter ce qui a été fait : %(title)s") % {"title": short(one.label)},
        href=address("cycle_step", viewer, step_id=one.pk),
        action=_("Noter"),
        note=_("Étape prévue %(day)s") % {"day": near(one.on)} if one.on else "",
        icon="calendar-check",
        tone="sky",
        order=NOTE,
        space_id=one.space_id,
    )


def _next_steps(by_space: dict[int, Viewer], waiting: list[Waiting], today: date) -> Iterator[Coming]:
    """The steps of the cycle within the month; the next one of a démarche wherever it is."""
    told: set[int] = set()
    for one in sorted((w for w in waiting if w.what == "cycle"), key=lambda w: (w.on or date.max, w.position)):
        first = one.space_id not in told
        if (one.on and one.on < today) or not (first or (one.on and one.on <= today + desk.MONTH)):
            continue
        told.add(one.space_id)
        yield Coming(
            title=one.label,
            href=address("cycle", by_space[one.space_id]),
            on=one.on,
            when=one.when,
            note=_("Étape de la démarche"),
            space_id=one.space_id,
        )


def _cards(viewers: Sequence[Viewer], stand: Standings, silent: dict[int, int]) -> dict[int, list[Panel]]:
    """Where the plans of each démarche stand; what to do first where there is none."""
    cards = {}
    for viewer in viewers:
        plans = [(one, progress_parts(one.progress)) for one in stand.of(viewer.space.pk)]
        context = {"space": viewer.space, "reader": viewer, "plans": plans, "silent": silent.get(viewer.space.pk, 0)}
        cards[viewer.space.pk] = [Panel("plans", "plans/desk_card.html", context, order=10)]
    return cards
