"""What phones and the projector see: taking part with an account or a code, the state asked again and again, the wall."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done
from concertoit.together.decisions.enums import MODE_NOTICES, WorkshopState
from concertoit.together.decisions.forms.workshops import CodeForm, IdeaForm
from concertoit.together.decisions.models import Workshop
from concertoit.together.decisions.queries.workshops import Live, live_of, wall_of, workshop_of
from concertoit.together.decisions.rules.workshops import read_code
from concertoit.together.decisions.services import ideas
from concertoit.together.decisions.services.ideas import Signature, open_by_code, signature_of, signature_typed
from concertoit.together.decisions.views.workshops import address, door

# How often phones and walls ask, in seconds (docs/adr/0011-the-wall-is-asked-again.md).
PHONE_EVERY, WALL_EVERY = 4, 2
REMEMBER_WHO = 12 * 3600
WALL_KEPT = 600


@personal_link
def workshop_join(request: HttpRequest) -> HttpResponse:
    """Where to type the code read on the wall."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        code = read_code(form.cleaned_data["code"])
        try:
            return redirect(request, reverse("decisions:workshop_phone", kwargs={"code": open_by_code(code).code}))
        except NotVisible:
            form.add_error("code", _("Aucun atelier n’a ce code. Vérifiez-le sur le mur."))
    return render(request, "decisions/workshop_join.html", {"form": form}, status=422 if form.errors else 200)


@personal_link
def workshop_phone(request: HttpRequest, code: str) -> HttpResponse:
    """Take part without an account. In a workshop « sans nom », nothing says who holds the phone."""
    row = open_by_code(read_code(code))
    here = reverse("decisions:workshop_phone", kwargs={"code": row.code})
    who = "" if row.mode == "nameless" else (request.get_signed_cookie(f"atelier-{row.pk}", "") or "")

    def sign(form: IdeaForm) -> Signature:
        return signature_typed(form.cleaned_data.get("signature", ""), row)

    response = _phone(request, row, here=here, sign=sign, asks_who=True, who=who)
    typed = request.POST.get("signature", "").strip()[:160]
    if typed and row.mode != "nameless" and response.status_code < 400:
        response.set_signed_cookie(
            f"atelier-{row.pk}", typed, max_age=REMEMBER_WHO, httponly=True, samesite="Lax", path=here,
            secure=request.is_secure(),
        )  # fmt: skip
    return response


@in_space("workshop.take_part")
def workshop_take_part(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """Take part with an account: the same page, signed as the workshop says."""
    row = workshop_of(request.viewer, workshop_id)
    here = address(request, "workshop_take_part", row.pk)
    return _phone(request, row, here=here, sign=lambda _form: signature_of(request.viewer, row))


def _phone(
    request: HttpRequest,
    row: Workshop,
    *,
    here: str,
    sign: Callable[[IdeaForm], Signature],
    asks_who: bool = False,
    who: str = "",
) -> HttpResponse:
    """The phone's page, and what it sends: an idea, or an idea taken back."""
    if request.method == "POST" and request.POST.get("quoi") == "retirer":
        return _taken_back(request, row, here)
    if request.method == "POST" and request.headers.get("X-Idea"):
        return _sent(IdeaForm(request.POST, workshop=row, asks_who=asks_who), row, sign)
    live = live_of(row)
    fresh = {"hat": live.hat.pk if live.hat else 0, "client_id": uuid.uuid4(), "signature": who}
    form = IdeaForm(posted(request), workshop=row, asks_who=asks_who, initial=fresh)
    if request.method == "POST" and _written(form, row, sign):
        done(request, _("Votre idée est sur le mur."))
        return redirect(request, here)
    context = {
        "workshop": row, "live": live, "form": form, "here": here, "notice": MODE_NOTICES[row.mode],
        "state_url": reverse("decisions:workshop_live", kwargs={"code": row.code}), "every": PHONE_EVERY,
    }  # fmt: skip
    return render(request, "decisions/workshop_phone.html", context, status=422 if form.errors else 200)


def _sent(form: IdeaForm, row: Workshop, sign: Callable[[IdeaForm], Signature]) -> HttpResponse:
    """What the page's script is answered: received, or why not in words."""
    if _written(form, row, sign):
        return HttpResponse(status=204)
    said = " ".join(str(message) for messages in form.errors.values() for message in messages)
    return HttpResponse(said, status=422, content_type="text/plain; charset=utf-8")


def _written(form: IdeaForm, row: Workshop, sign: Callable[[IdeaForm], Signature]) -> bool:
    if not form.is_valid():
        return False
    values = form.cleaned_data
    try:
        ideas.add_idea(
            workshop=row, hat_id=values["hat"], client_id=values["client_id"], text=values["text"], by=sign(form)
        )
    except NotVisible:
        form.add_error(None, _("Ce chapeau n’existe pas dans cet atelier."))
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return not form.errors


def _taken_back(request: HttpRequest, row: Workshop, here: str) -> HttpResponse:
    try:
        client_id = uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        raise NotVisible("") from None
    ideas.take_back(workshop=row, client_id=client_id)
    return HttpResponse(status=204) if request.headers.get("X-Idea") else redirect(request, here)


@require_GET
def workshop_live(request: HttpRequest, code: str) -> HttpResponse:
    """The state of a workshop, asked every few seconds by every phone: nothing but the hat, the time and a count.

    One query when nothing changed (304); neither session nor account is read.
    """
    row = must_exist(Workshop.objects.filter(code=read_code(code)).first())
    return _if_changed(request, f"etat-{row.pk}-{row.turn}", lambda: _state(live_of(row)))


def _state(live: Live) -> str:
    return render_to_string("decisions/workshop_state.html", {"live": live, "workshop": live.workshop}, using="jinja2")


@in_space("workshop.view")
def workshop_wall(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """The wall, for the projector."""
    row = workshop_of(request.viewer, workshop_id)
    context = {
        "workshop": row,
        "wall": wall_of(row),
        "notice": MODE_NOTICES[row.mode],
        "door": door(request, row) if row.by_code and row.state != WorkshopState.CLOSED else None,
        "back": address(request, "workshop", row.pk),
        "ideas_url": address(request, "workshop_wall_ideas", row.pk),
        "every": WALL_EVERY,
    }
    return render(request, "decisions/workshop_wall.html", context)


@in_space("workshop.view")
@require_GET
def workshop_wall_ideas(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """What is on the wall; 304 when nothing changed, drawn once for all the walls that ask."""
    row = workshop_of(request.viewer, workshop_id)
    return _if_changed(request, f"mur-{row.pk}-{row.revision}", lambda: _ideas(row))


def _ideas(row: Workshop) -> str:
    return render_to_string("decisions/workshop_wall_ideas.html", {"wall": wall_of(row)}, using="jinja2")


def _if_changed(request: HttpRequest, what: str, draw: Callable[[], str]) -> HttpResponse:
    etag = f'"{what}-{get_language()}"'
    same = get_conditional_response(request, etag=etag)
    if same is not None:
        same.headers["Cache-Control"] = "private, no-store"
        return same
    html: Any = cache.get_or_set(f"decisions.{etag}", draw, WALL_KEPT)
    response = HttpResponse(html)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    return response
