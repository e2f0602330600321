"""The coordination prepares programmes, events and sessions, takes presence, asks what people thought."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.core.media import CSV
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.surveys.models import Survey
from concertoit.ground.surveys.queries.surveys import survey_for
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.events import forms
from concertoit.together.events.enums import EventState, Seat
from concertoit.together.events.exports.lists import registrations_csv
from concertoit.together.events.models import Event, Programme, Registration
from concertoit.together.events.queries import events as queries
from concertoit.together.events.services import events as services
from concertoit.together.events.services import measuring, registering
from concertoit.together.events.views.browsing import address, here


def _form_page(request: SpaceRequest, form: Any, heading: str, submit: str, cancel: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "cancel": cancel}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@in_space("event.manage")
def programme(request: SpaceRequest, programme_id: int = 0) -> HttpResponse:
    """Open a programme, or change its words."""
    row = queries.programme_for(request.viewer, programme_id) if programme_id else None
    initial = {name: getattr(row, name) for name in forms.ProgrammeForm.base_fields} if row else None
    form = forms.ProgrammeForm(posted(request), initial=initial)

    def save() -> None:
        try:
            services.save_programme(viewer=request.viewer, programme=row, **form.cleaned_data)
        except ValidationError as error:
            raise DomainError(" ".join(error.messages)) from None

    if request.method == "POST" and attempt(form, save):
        done(request, _("Programmation enregistrée."))
        return redirect(request, here(request, "season"))
    return _form_page(
        request, form, row.title if row else _("Nouvelle programmation"), _("Enregistrer"), here(request, "season")
    )


@in_space("event.manage")
def event_edit(request: SpaceRequest, event_id: int = 0) -> HttpResponse:
    """Prepare an event, or change it."""
    row = queries.event_for(request.viewer, event_id) if event_id else None
    form = forms.EventForm(
        posted(request),
        initial=forms.event_initial(row) if row else None,
        programmes=Programme.objects.filter(space=request.viewer.space).order_by("-starts_on", "-pk"),
        needs=queries.open_needs(request.viewer, row),
    )
    made: list[Event] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(services.save_event(viewer=request.viewer, event=row, **form.words()))
    ):
        done(request, _("Activité enregistrée."))
        return redirect(request, address(made[0]))
    cancel = address(row) if row else here(request, "season")
    return _form_page(request, form, row.title if row else _("Nouvelle activité"), _("Enregistrer"), cancel)


@require_POST
@in_space("event.manage")
def event_state(request: SpaceRequest, event_id: int) -> HttpResponse:
    """Announce an event, take it back, declare it done, or remove it."""
    row = queries.event_for(request.viewer, event_id)
    wanted = request.POST.get("quoi", "")
    if wanted == "supprimer":
        services.remove_event(viewer=request.viewer, event=row)
        done(request, _("Activité supprimée."))
        return redirect(request, here(request, "season"))
    states = {"annoncer": EventState.ANNOUNCED, "retirer": EventState.DRAFT, "terminer": EventState.DONE}
    if wanted not in states:
        raise DomainError(_("Cette action n’existe pas."))
    services.set_state(viewer=request.viewer, event=row, state=states[wanted])
    done(request, _("C’est fait."))
    return redirect(request, address(row))


@in_space("event.manage")
def session_edit(request: SpaceRequest, event_id: int, session_id: int = 0) -> HttpResponse:
    """Add a session, or change one."""
    row = queries.event_for(request.viewer, event_id)
    session = queries.session_for(request.viewer, event_id, session_id) if session_id else None
    initial = forms.session_initial(session) if session else None
    form = forms.SessionForm(posted(request), initial=initial)

    def save() -> None:
        saved = services.save_session(viewer=request.viewer, event=row, session=session, **form.words())
        registering.call_up(saved)

    if request.method == "POST" and attempt(form, save):
        done(request, _("Séance enregistrée. Les personnes inscrites sont prévenues de ce qui change."))
        return redirect(request, address(row))
    heading = _("Modifier la séance") if session else _("Nouvelle séance")
    return _form_page(request, form, heading, _("Enregistrer"), address(row))


@in_space("event.manage")
def session_cancel(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Cancel a session, with its reason."""
    session = queries.session_for(request.viewer, event_id, session_id)
    form = forms.CancelForm(posted(request))
    if request.method == "POST" and attempt(
        form, lambda: services.cancel_session(viewer=request.viewer, session=session, **form.cleaned_data)
    ):
        done(request, _("La séance est annulée; les personnes inscrites sont prévenues."))
        return redirect(request, address(session.event))
    return _form_page(
        request, form, _("Annuler la séance"), _("Annuler la séance et prévenir"), address(session.event)
    )


@in_space("event.people")
def people(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Who comes, who waits, who was there."""
    session = queries.session_for(request.viewer, event_id, session_id)
    groups = queries.registrations_of(session)
    if request.method == "POST":
        request.viewer.must("event.manage")
        rows = [*groups[Seat.REGISTERED], *groups[Seat.WAITING]]
        present = forms.presence_from(request.POST, rows)
        changed = registering.take_presence(viewer=request.viewer, session=session, present=present)
        done(request, _("Présences enregistrées : %(num)d changées.") % {"num": changed})
        return redirect(request, address(session.event, "people", session_id=session.pk))
    context = {
        "event": session.event,
        "session": session,
        "registered": groups[Seat.REGISTERED],
        "waiting": groups[Seat.WAITING],
        "cancelled": groups[Seat.CANCELLED],
        "turnout": queries.turnouts([session.pk]).get(session.pk),
        "check_in": request.build_absolute_uri(reverse("events:check_in")),
    }
    return render(request, "events/people.html", context)


@in_space("event.people")
def people_file(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Who comes, as a file for a spreadsheet."""
    session = queries.session_for(request.viewer, event_id, session_id)
    return attachment(registrations_csv(session), CSV, f"inscriptions-{session.pk}.csv")


@in_space("event.manage")
def person_add(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Register somebody, by telephone for instance."""
    session = queries.session_for(request.viewer, event_id, session_id)
    form = forms.PhoneGuestForm(posted(request))
    if request.method == "POST" and attempt(
        form, lambda: registering.register(session=session, guest=form.guest(), by=request.viewer)
    ):
        done(request, _("La personne est inscrite."))
        return redirect(request, address(session.event, "people", session_id=session.pk))
    cancel = address(session.event, "people", session_id=session.pk)
    return _form_page(request, form, _("Inscrire une personne"), _("Inscrire"), cancel)


@require_POST
@in_space("event.manage")
def person_remove(request: SpaceRequest, event_id: int, session_id: int) -> HttpResponse:
    """Note that somebody gave up."""
    session = queries.session_for(request.viewer, event_id, session_id)
    found = Registration.objects.filter(session=session, pk=read_id(request.POST.get("inscription")) or 0).first()
    if found is None:
        raise DomainError(_("Cette inscription n’existe plus."))
    registering.give_up(registration=found)
    done(request, _("Le désistement est noté; la première personne en attente prend la place."))
    return redirect(request, address(session.event, "people", session_id=session.pk))


@in_space("event.manage")
def synthesis(request: SpaceRequest, event_id: int) -> HttpResponse:
    """Write what is learned from an event."""
    row = queries.event_for(request.viewer, event_id)
    form = forms.SynthesisForm(posted(request), initial={"synthesis": row.synthesis})
    if request.method == "POST" and attempt(
        form,
        lambda: services.publish_synthesis(viewer=request.viewer, event=row, text=form.cleaned_data["synthesis"]),
    ):
        done(request, _("La synthèse est diffusée."))
        return redirect(request, address(row))
    return _form_page(request, form, _("Synthèse"), _("Diffuser la synthèse"), address(row))


@require_POST
@in_space("event.manage")
def measure(request: SpaceRequest, event_id: int) -> HttpResponse:
    """Prepare a survey about an event, or send one to those concerned."""
    row = queries.event_for(request.viewer, event_id)
    match request.POST.get("quoi", ""):
        case "satisfaction":
            return redirect(request, _survey(measuring.prepare_satisfaction(viewer=request.viewer, event=row)))
        case "connaissances":
            return redirect(request, _survey(measuring.prepare_knowledge(viewer=request.viewer, event=row)))
    survey = survey_for(request.viewer, read_id(request.POST.get("envoyer")) or 0)
    sent = measuring.send(viewer=request.viewer, event=row, survey=survey)
    done(request, _("Liens personnels envoyés : %(num)d.") % {"num": sent})
    return redirect(request, address(row))


def _survey(survey: Survey) -> str:
    return reverse("surveys:survey", kwargs={"slug": survey.space.slug, "survey_id": survey.pk})
