"""The logbook on a phone: what is entered, today's entries, « do again »; a correction, a retirement, its undo."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.logbook.enums import TermKind
from concertoit.field.logbook.forms.entries import EntryForm, initial_of
from concertoit.field.logbook.models import Entry
from concertoit.field.logbook.queries import entries as queries
from concertoit.field.logbook.queries.lists import Lists, edition_for, lists_of
from concertoit.field.logbook.services import entries as services
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import addresses_in, posted
from concertoit.ground.ui import offline, toasts
from concertoit.ground.ui.pages import redirect, render

address = addresses_in("logbook")


def line_of(row: Entry, lists: Lists) -> dict[str, Any]:
    """What a list shows of an entry."""
    return {
        "row": row, "clienteles": lists.words(row, TermKind.CLIENTELE), "activities": lists.words(row, TermKind.ACTIVITY)
    }  # fmt: skip


@in_space("logbook.write")
def logbook(request: SpaceRequest) -> HttpResponse:
    """Enter an intervention, without network if need be, and see those of today."""
    viewer, today = request.viewer, timezone.localdate()
    sites = queries.sites_for(viewer, today)
    used = [str(one.pk) for one in sites[:1] if one.last is not None]  # type: ignore[attr-defined]  # annotated
    form = EntryForm(
        posted(request), sites=sites, edition=edition_for(viewer.space, today), today=today,
        initial={"on": today, "destination": "", "site": "".join(used)},
    )  # fmt: skip
    if request.method == "POST":
        return _entered(request, form)
    return offline.offline_page(_page(request, form), request.user)


def _entered(request: SpaceRequest, form: EntryForm) -> HttpResponse:
    queued = offline.is_queued(request)
    made: list[bool] = []

    def save() -> None:
        entry, new = services.enter(
            viewer=request.viewer, client_id=form.identity(), facts=form.facts(), sent=form.sent()
        )
        made.append(new)
        if new and not queued:
            undo = address(request, "entry_retire", entry_id=entry.pk)
            toasts.done(request, _("Intervention inscrite."), undo=undo)

    if request.POST.get("again"):
        return _again(request, queued)
    if attempt(form, save):
        return offline.kept() if queued else redirect(request, address(request, "logbook"))
    if queued:
        return offline.refused(_words(form))
    return _page(request, form, status=422)


def _words(form: EntryForm) -> str:
    """What is wrong, each with the name of its field: the phone has no page to show it beside."""
    labels = {name: field.label for name, field in form.fields.items()}
    said = [(labels.get(name), str(one)) for name, found in form.errors.items() for one in found]
    return " ".join(f"{label}\u00a0: {words}" if label else words for label, words in said)


def _again(request: SpaceRequest, queued: bool) -> HttpResponse:
    """One tap: what was done on another day, today."""
    try:
        client_id = uuid.UUID(request.POST.get("client_id") or str(uuid.uuid4()))
        model = int(request.POST["again"])
    except ValueError as unreadable:
        raise DomainError(_("Cette intervention n’est plus dans la liste : rechargez la page.")) from unreadable
    try:
        entry, _new = services.enter_again(
            viewer=request.viewer, client_id=client_id, entry_id=model, on=timezone.localdate()
        )
    except DomainError as why:
        if queued:
            return offline.refused(why)
        raise
    if queued:
        return offline.kept()
    toasts.done(
        request, _("Refaite aujourd’hui : %(site)s.") % {"site": entry.site},
        undo=address(request, "entry_retire", entry_id=entry.pk),
    )  # fmt: skip
    return redirect(request, address(request, "logbook"))


def _page(request: SpaceRequest, form: EntryForm, status: int = 200) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    lists = lists_of(viewer.space.pk)
    rows = queries.mine(viewer).filter(on=today).order_by("-pk")
    before = queries.day_before(viewer, today)
    context = {
        "form": form, "today": today, "lines": [line_of(row, lists) for row in rows], "totals": queries.totals(rows),
        "before": [line_of(row, lists) for row in before], "before_on": before[0].on if before else None,
        "directory": viewer.space.uses("directory"),
    }  # fmt: skip
    return render(request, "logbook/logbook.html", context, status=status)


@in_space("logbook.write")
def entry(request: SpaceRequest, entry_id: int) -> HttpResponse:
    """One intervention: its author corrects it, the lead of the team reads it."""
    viewer = request.viewer
    row = queries.entry_of(viewer, entry_id)
    own = row.worker.membership_id in viewer.membership_ids
    sites = queries.sites_for(viewer, row.on)
    if row.site not in sites:
        sites.append(row.site)
    form = EntryForm(
        posted(request) if own else None, sites=sites, edition=row.edition, today=timezone.localdate(), entry=row,
        initial=initial_of(row),
    )  # fmt: skip

    def save() -> None:
        services.correct(viewer=viewer, entry_id=row.pk, facts=form.facts())

    if request.method == "POST":
        services.must_own(viewer, row)
    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("Corrigée. L’historique garde ce qui était écrit avant."))
        return redirect(request, address(request, "entries"))
    context = {
        **line_of(row, lists_of(viewer.space.pk)), "form": form, "own": own,
        "history": history_url(request.user, services.OBJECT, row.pk),
    }  # fmt: skip
    return render(request, "logbook/entry.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("logbook.write")
def retire(request: SpaceRequest, entry_id: int) -> HttpResponse:
    """Take an entry out."""
    services.retire(viewer=request.viewer, entry_id=entry_id)
    toasts.done(
        request, _("Intervention retirée : elle ne compte plus."),
        undo=address(request, "entry_restore", entry_id=entry_id),
    )  # fmt: skip
    return redirect(request, address(request, "logbook"))


@require_POST
@in_space("logbook.write")
def restore(request: SpaceRequest, entry_id: int) -> HttpResponse:
    """Put an entry back."""
    services.retire(viewer=request.viewer, entry_id=entry_id, back=True)
    toasts.done(request, _("Intervention remise."))
    return redirect(request, address(request, "logbook"))
