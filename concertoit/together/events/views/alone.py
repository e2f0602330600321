"""Pages without an account: registering by the open address, one's own registration, checking in, the certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import PDF
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.together.events.enums import EventState, Seat
from concertoit.together.events.exports.certificate import certificate_pdf
from concertoit.together.events.forms import CheckInForm, GuestForm
from concertoit.together.events.models import Registration, Session
from concertoit.together.events.services import registering


@personal_link
def sign_up(request: HttpRequest, uid: str) -> HttpResponse:
    """Register by the open address of a session."""
    session = get_object_or_404(
        Session.objects.select_related("event__space").exclude(event__state=EventState.DRAFT),
        uid=uid,
        event__open_to_all=True,
    )
    if not registering.is_open(session):
        return render(request, "events/sign_up_over.html", {"session": session}, status=410)
    form = GuestForm(posted(request))
    made: list[Registration] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(registering.register(session=session, guest=form.guest()))
    ):
        return render(request, "events/signed_up.html", {"session": session, "registration": made[0]})
    context = {"session": session, "form": form}
    return render(request, "events/sign_up.html", context, status=422 if form.errors else 200)


@personal_link
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own registration: when, where, giving the seat back, the certificate."""
    row = registering.find(token)
    context = {
        "registration": row,
        "session": row.session,
        "token": token,
        "may_give_up": row.seat != Seat.CANCELLED and registering.is_open(row.session),
        "has_certificate": _earned(row),
    }
    return render(request, "events/own.html", context)


@require_POST
@personal_link
def own_give_up(request: HttpRequest, token: str) -> HttpResponse:
    """Give one's seat back."""
    registering.give_up(registration=registering.find(token))
    return redirect(request, reverse("events:own", kwargs={"token": token}))


def _earned(row: Registration) -> bool:
    return bool(row.present) and row.session.event.gives_certificate


@personal_link
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The certificate of who was there. Raises ``NotVisible`` for the others."""
    row = registering.find(token)
    if not _earned(row):
        raise NotVisible("")
    return attachment(certificate_pdf(row), PDF, "attestation.pdf")


@personal_link
def check_in(request: HttpRequest) -> HttpResponse:
    """Say that one is there, with the code shown in the room."""
    form = CheckInForm(posted(request), initial={"code": request.GET.get("code", "")[:8]})
    found: list[Registration] = []
    if request.method == "POST" and attempt(form, lambda: found.append(registering.check_in(**form.cleaned_data))):
        message = _("Bienvenue, %(name)s! Votre présence est notée.") % {"name": found[0].name}
        return render(request, "events/checked_in.html", {"message": message, "session": found[0].session})
    return render(request, "events/check_in.html", {"form": form}, status=422 if form.errors else 200)
