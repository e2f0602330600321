"""Sessions by consent: the list, preparing one, following it, who is there, links and end."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.spaces.views.access import SpaceRequest, addresses_in, attempt, in_space, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.forms.consent import FirstProposalForm, ProposalForm
from concertoit.together.decisions.models import ConsentSeat, ConsentSession
from concertoit.together.decisions.queries.adoption import corrections_of, progress_of
from concertoit.together.decisions.queries.consent import session_of, session_views, sessions
from concertoit.together.decisions.rules.consent import Presence
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import consent_sessions as services
from concertoit.together.decisions.views.consent_show import labels, tag_of
from concertoit.together.plans.queries.items import plan_of

address = addresses_in("decisions")


@in_space("consent.view")
def consent_list(request: SpaceRequest) -> HttpResponse:
    """Every session of the démarche, open ones first."""
    rows = sessions(request.viewer)
    context = {
        "open": [row for row in rows if not row.closed_at],
        "over": [row for row in rows if row.closed_at],
        "plan": plan_of(request.viewer.space),
    }
    return render(request, "decisions/consent_list.html", {**context, **labels()})


@in_space("consent.facilitate")
@require_http_methods(["GET", "POST"])
def consent_new(request: SpaceRequest) -> HttpResponse:
    """Prepare a session on a proposal in words."""
    form = FirstProposalForm(posted(request), space=request.viewer.space)
    made: list[ConsentSession] = []

    def act() -> None:
        session = services.prepare(viewer=request.viewer, facts=form.facts(), keys=form.keys())
        values = form.cleaned_data
        rounds.propose(viewer=request.viewer, session_id=session.pk, title=values["proposal"], text=values["text"])
        made.append(session)

    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("La séance est prête. Ouvrez la proposition quand la table est là."))
        return redirect(request, address(request, "consent_session", session_id=made[0].pk))
    return render(request, "decisions/consent_new.html", {"form": form}, status=422 if form.errors else 200)


@in_space("consent.view")
def consent_session(request: SpaceRequest, session_id: int) -> HttpResponse:
    """One session: its proposals in order, its voices, and for a plan how far the adoption is."""
    session = session_of(request.viewer, session_id)
    views = session_views(request.viewer, session)
    adoption = getattr(session, "adoption", None)
    seats = [line.seat for line in views[0].lines] if views else list(ConsentSeat.objects.filter(session=session))
    context = {
        "session": session,
        "views": views,
        "seats": seats,
        "adoption": adoption,
        "progress": progress_of(adoption, views) if adoption else None,
        "corrections": corrections_of(adoption.plan) if adoption and adoption.frozen_at else [],
        "tags": [tag_of(view.round) for view in views],
        "present": sum(seat.presence == Presence.PRESENT for seat in seats),
        "mine": [line.seat for line in views[0].lines if line.mine] if views else [],
        **labels(),
    }
    return render(request, "decisions/consent_session.html", context)


@in_space("consent.facilitate")
@require_http_methods(["GET", "POST"])
def consent_seats(request: SpaceRequest, session_id: int) -> HttpResponse:
    """Who is there: present, excused or absent, for every voice called."""
    session = session_of(request.viewer, session_id)
    seats = list(ConsentSeat.objects.filter(session=session).order_by("position", "pk"))
    if request.method == "POST":
        sent = {seat.pk: request.POST.get(f"presence-{seat.pk}") for seat in seats}
        chosen = {pk: Presence(code) for pk, code in sent.items() if code in {one.value for one in Presence}}
        services.set_presences(viewer=request.viewer, session_id=session_id, presences=chosen)
        toasts.done(request, _("Les présences sont notées."))
        return redirect(request, address(request, "consent_session", session_id=session_id))
    return render(request, "decisions/consent_seats.html", {"session": session, "seats": seats, **labels()})


@in_space("consent.facilitate")
@require_POST
def consent_links(request: SpaceRequest, session_id: int) -> HttpResponse:
    """Send the links, or remind those who said nothing."""
    sent = services.send_links(viewer=request.viewer, session_id=session_id)
    words = ngettext("%(num)d voix est avertie.", "%(num)d voix sont averties.", sent) % {"num": sent}
    toasts.done(request, words)
    return redirect(request, address(request, "consent_session", session_id=session_id))


@in_space("consent.facilitate")
@require_POST
def consent_close(request: SpaceRequest, session_id: int) -> HttpResponse:
    """End a session."""
    services.close(viewer=request.viewer, session_id=session_id)
    toasts.done(request, _("La séance est close."))
    return redirect(request, address(request, "consent_session", session_id=session_id))


@in_space("consent.facilitate")
@require_http_methods(["GET", "POST"])
def consent_propose(request: SpaceRequest, session_id: int) -> HttpResponse:
    """Add a proposal in words to a session."""
    session = session_of(request.viewer, session_id)
    form = ProposalForm(posted(request))

    def act() -> None:
        rounds.propose(viewer=request.viewer, session_id=session_id, **form.cleaned_data)

    back = address(request, "consent_session", session_id=session_id)
    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("La proposition est ajoutée."))
        return redirect(request, back)
    context = {
        "form": form,
        "heading": _("Ajouter une proposition"),
        "lead": session.title,
        "submit": _("Ajouter"),
        "cancel": back,
    }
    return render(request, "decisions/consent_form.html", context, status=422 if form.errors else 200)
