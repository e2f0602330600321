"""The season of events, an event, registering to it, and what people need."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import must_exist
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.views.access import SpaceRequest, addresses_in, attempt, in_space, posted
from concertoit.ground.surveys.queries.results import change_of, results_of
from concertoit.ground.surveys.queries.surveys import surveys_about
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.events import rules
from concertoit.together.events.enums import EventKind, NeedState, Seat
from concertoit.together.events.forms import FollowForm, NeedForm
from concertoit.together.events.models import Event, Programme, Registration
from concertoit.together.events.policies import visible_to
from concertoit.together.events.queries import events as queries
from concertoit.together.events.services import needs as need_services
from concertoit.together.events.services import registering
from concertoit.together.events.services.measuring import SUBJECT

here = addresses_in("events")


def address(event: Event, name: str = "event", **more: Any) -> str:
    """The address of a page of an event."""
    return reverse(f"events:{name}", kwargs={"slug": event.space.slug, "event_id": event.pk, **more})


@in_space("event.view")
def season(request: SpaceRequest) -> HttpResponse:
    """What comes, what is being prepared, what was held."""
    kind = request.GET.get("type", "")
    kind = kind if kind in EventKind.values else ""
    programme = read_id(request.GET.get("programmation"))
    programmes = list(Programme.objects.filter(space=request.viewer.space).order_by("-starts_on", "-pk"))
    context = {
        "season": queries.season(request.viewer, kind=kind, programme=programme),
        "kind": kind,
        "kinds": EventKind.choices,
        "programmes": programmes,
        "programme": next((one for one in programmes if one.pk == programme), None),
    }
    return render(request, "events/season.html", context)


@in_space("event.view")
def event(request: SpaceRequest, event_id: int) -> HttpResponse:
    """An event: what it is, when, whether one comes, and what was learned."""
    row = queries.event_for(request.viewer, event_id)
    line = queries.lines(request.viewer, visible_to(request.viewer).filter(pk=row.pk))[0]
    manages = request.viewer.can("event.manage")
    context = {
        "event": row,
        "line": line,
        "manages": manages,
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "open_sessions": {one.session.pk for one in line.sessions if _takes(row, one)},
        "here_now": _held_now(line),
        "files": list(attachments(SUBJECT, row.pk)),
        "needs": list(row.needs.order_by("title", "pk")),
        "surveys": _surveys(request, row) if manages else [],
    }
    return render(request, "events/event.html", context)


def _takes(event: Event, line: queries.SessionLine) -> bool:
    line.session.event = event
    return registering.is_open(line.session)


def _held_now(line: queries.EventLine) -> set[int]:
    now = timezone.now()
    return {
        one.session.pk
        for one in line.sessions
        if one.session.cancelled_on is None and rules.may_check_in(one.session.starts_at, one.session.minutes, now)
    }


def _surveys(request: SpaceRequest, event: Event) -> list[dict[str, Any]]:
    """The surveys about an event, with the change of knowledge where both moments were measured."""
    return [
        {"survey": one, "change": change_of(one) if one.moment == "after" else None, "results": results_of(one)}
        for one in surveys_about(request.viewer, SUBJECT, event.pk)
    ]


@require_POST
@in_space("event.register")
def register(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Come, with one's account."""
    session = queries.session_for(request.viewer, event_id, session_id)
    guest = registering.guest_of(request.viewer, request.POST.get("needs", "")[:300])
    row = registering.register(session=session, guest=guest)
    if row.seat == Seat.WAITING:
        done(request, _("La séance est complète : vous êtes sur la liste d’attente."))
    else:
        done(request, _("Votre place est réservée. La confirmation arrive par courriel."))
    return redirect(request, address(session.event))


@require_POST
@in_space("event.register")
def give_up(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Give back one's own seat."""
    session = queries.session_for(request.viewer, event_id, session_id)
    row = must_exist(Registration.objects.filter(session=session, email=request.viewer.user.email.lower()).first())
    registering.give_up(registration=row)
    done(request, _("Votre place est rendue."))
    return redirect(request, address(session.event))


@in_space("event.view")
def needs(request: SpaceRequest) -> HttpResponse:
    """What people need, the most shared first; who sits at the table adds and supports."""
    viewer = request.viewer
    if request.method == "POST":
        viewer.must("event.need")
    form = NeedForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: need_services.express(viewer=viewer, **form.cleaned_data)):
        done(request, _("Besoin noté."))
        return redirect(request, here(request, "needs"))
    context = {"needs": queries.needs_of(viewer), "form": form}
    return render(request, "events/needs.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("event.need")
def need_support(request: SpaceRequest, need_id: int) -> HttpResponse:
    """Have the same need, or no longer."""
    need = queries.need_for(request.viewer, need_id)
    need_services.support(viewer=request.viewer, need=need, on=request.POST.get("appui") == "oui")
    return redirect(request, here(request, "needs"))


@in_space("event.manage")
def need_follow(request: SpaceRequest, need_id: int) -> HttpResponse:
    """Say what is done of a need."""
    need = queries.need_for(request.viewer, need_id)
    events = visible_to(request.viewer).order_by("title", "pk")
    initial = {"state": need.state, "event": need.event_id, "note": need.state_note}
    form = FollowForm(posted(request), initial=initial, events=events)

    def save() -> None:
        values = form.cleaned_data
        state = NeedState(values["state"])
        need_services.follow(viewer=request.viewer, need=need, state=state, note=values["note"], event=values["event"])

    if request.method == "POST" and attempt(form, save):
        done(request, _("La suite donnée est notée."))
        return redirect(request, here(request, "needs"))
    context = {"form": form, "heading": need.title, "submit": _("Enregistrer"), "cancel": here(request, "needs")}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)
