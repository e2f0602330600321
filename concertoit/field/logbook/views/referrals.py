"""« Mes références » : following them with one tap, noting one, and the resource's page without an account."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from concertoit.field.directory.queries.choices import destination_of, service_for
from concertoit.field.logbook.enums import ReferralState
from concertoit.field.logbook.forms.referrals import AnswerForm, ConsentForm, LinkForm, MoveForm, ReferralForm
from concertoit.field.logbook.models import Referral
from concertoit.field.logbook.queries import referrals as queries
from concertoit.field.logbook.rules.referral_delays import in_force
from concertoit.field.logbook.services import referral_links as links
from concertoit.field.logbook.services import referrals as services
from concertoit.field.logbook.workflow import referrals as flow
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.enums import Role
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import addresses_in, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.ground.ui.personal import personal_link

_address = addresses_in("logbook")

SIZE = 30
LOOKS = {
    flow.PROPOSED: ("neutral", "signpost"), flow.SENT: ("sky", "send"), flow.ACCEPTED: ("spruce", "hand-thumbs-up"),
    flow.RECEIVED: ("ok", "check-circle-fill"), flow.REFUSED: ("brick", "slash-circle"),
    flow.WAITING: ("sun", "hourglass-split"), flow.GIVEN_UP: ("neutral", "person-dash"),
    flow.NO_NEWS: ("late", "question-circle"), flow.CANCELLED: ("neutral", "x-circle"),
}  # fmt: skip
# What one tap says on a phone; a refusal needs its reason and is said on the referral's page.
TAPS = (flow.RECEIVED, flow.ACCEPTED, flow.WAITING, flow.GIVEN_UP)


SHORT = {flow.ACCEPTED: gettext_lazy("Acceptée"), flow.GIVEN_UP: gettext_lazy("Abandonnée")}


def _line(row: Referral) -> dict[str, Any]:
    labels = dict(ReferralState.choices)
    taps = [to for to in flow.choices(row.state, flow.WORKER) if to in TAPS] if row.state in flow.FOLLOWED else []
    return {
        "row": row, "look": LOOKS[row.state], "to": str(row.service or row.resource or row.get_destination_display()),
        "taps": [(to, SHORT.get(to, labels[to]), LOOKS[to][1]) for to in taps if row.state != flow.PROPOSED],
    }  # fmt: skip


@in_space("referrals.write")
def referrals(request: SpaceRequest) -> HttpResponse:
    """One's own referrals, or the team's for its lead; what is followed first."""
    viewer = request.viewer
    state = request.GET.get("etat", "suivre")
    state = state if state in ReferralState.values or state in ("suivre", "") else "suivre"
    team = viewer.can("logbook.setup") and Role.LIAISON in viewer.roles and request.GET.get("qui") == "equipe"
    rows = queries.lines(viewer, mine=not team, state=state)
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": [_line(row) for row in page], "state": state, "team": team,
        "leads": Role.LIAISON in viewer.roles, "states": ReferralState.choices,
        "delays": in_force(timezone.localdate()),
    }  # fmt: skip
    return render_page(request, "logbook/referrals.html", context, fragments={"references": "list"})


@in_space("referrals.write")
def referral_new(request: SpaceRequest) -> HttpResponse:
    """Refer somebody, from the directory or on its own."""
    viewer = request.viewer
    chosen = service_for(viewer.space, request.GET.get("service", ""))
    initial = {"service": chosen.pk, "to_email": chosen.email, "destination": destination_of(chosen)} if chosen else {}
    form = ReferralForm(posted(request), viewer=viewer, today=timezone.localdate(), initial=initial)
    saved: list[Referral] = []

    def save() -> None:
        row = services.refer(viewer=viewer, facts=form.facts())
        if row.to_email and row.consent_on:
            links.send_link(viewer=viewer, referral_id=row.pk, email=row.to_email)
        saved.append(row)

    if request.method == "POST" and attempt(form, save):
        toasts.done(request, _("La référence %(number)s est notée.") % {"number": saved[0].number})
        return redirect(request, _address(request, "referral", referral_id=saved[0].pk))
    context = {"form": form, "service": chosen, "consent_text": services.CONSENT_TEXT}
    return render(request, "logbook/referral_form.html", context, status=422 if form.errors else 200)


def _page(request: SpaceRequest, row: Referral, forms: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {
        **_line(row), "moves": queries.moves_of(row), "looks": LOOKS, "delays": in_force(timezone.localdate()),
        "move_form": MoveForm(state=row.state, actor=flow.WORKER), "consent_form": ConsentForm(),
        "link_form": LinkForm(initial={"email": row.to_email or (row.service.email if row.service else "")}),
        "handover": getattr(row, "handover", None), "followed": row.state in flow.FOLLOWED,
        "link_open": links.is_open(row), "history": history_url(request.user, services.OBJECT, row.pk), **forms,
    }  # fmt: skip
    return render(request, "logbook/referral.html", context, status=status)


@in_space("referrals.write")
def referral(request: SpaceRequest, referral_id: int) -> HttpResponse:
    """One referral: where it stands, its log, what to do next."""
    return _page(request, queries.referral_of(request.viewer, referral_id), {})


@in_space("referrals.write")
@require_POST
def referral_move(request: SpaceRequest, referral_id: int) -> HttpResponse:
    """Say where it stands: one tap in the list, or with a reason on its page."""
    row = queries.referral_of(request.viewer, referral_id)
    form = MoveForm(request.POST, state=row.state, actor=flow.WORKER)
    if attempt(form, lambda: services.move(viewer=request.viewer, referral_id=row.pk, **form.cleaned_data)):
        label = dict(ReferralState.choices)[form.cleaned_data["to"]]
        toasts.done(request, _("%(number)s : %(state)s.") % {"number": row.number, "state": str(label).lower()})
        back = _address(request, "referrals") if request.POST.get("page") == "liste" else ""
        return redirect(request, back or _address(request, "referral", referral_id=row.pk))
    return _page(request, row, {"move_form": form}, status=422)


@in_space("referrals.write")
@require_POST
def referral_link(request: SpaceRequest, referral_id: int) -> HttpResponse:
    """Send the resource its link."""
    row = queries.referral_of(request.viewer, referral_id)
    form = LinkForm(request.POST)
    if attempt(form, lambda: links.send_link(viewer=request.viewer, referral_id=row.pk, **form.cleaned_data)):
        toasts.done(request, _("Le lien est parti. La ressource répond sans compte."))
        return redirect(request, _address(request, "referral", referral_id=row.pk))
    return _page(request, row, {"link_form": form}, status=422)


@in_space("referrals.write")
@require_POST
def referral_consent(request: SpaceRequest, referral_id: int) -> HttpResponse:
    """Note that the person agrees."""
    row = queries.referral_of(request.viewer, referral_id)
    form = ConsentForm(request.POST)
    if attempt(form, lambda: services.agree(viewer=request.viewer, referral_id=row.pk, consent=form.consent())):
        toasts.done(request, _("L’accord est noté."))
        return redirect(request, _address(request, "referral", referral_id=row.pk))
    return _page(request, row, {"consent_form": form}, status=422)


@in_space("referrals.write")
@require_POST
def handover_remove(request: SpaceRequest, referral_id: int) -> HttpResponse:
    """Destroy how to call the person."""
    services.remove_handover(viewer=request.viewer, referral_id=referral_id)
    toasts.done(request, _("Les coordonnées sont détruites."))
    return redirect(request, _address(request, "referral", referral_id=referral_id))


@personal_link
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The resource's page: no account, and nobody's name before it has accepted."""
    row = links.find(token)
    if not links.is_open(row):
        return render(request, "logbook/referral_over.html", {"row": row}, status=410)
    form = AnswerForm(request.POST or None, state=row.state)
    if request.method == "POST" and form.is_valid():
        try:
            links.answer(token=token, **form.cleaned_data)
            return redirect(request, reverse("logbook:referral_answer", kwargs={"token": token}))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    last = row.moves.order_by("-at", "-pk").first()
    accepted = row.state in (flow.ACCEPTED, flow.RECEIVED)
    context = {
        "row": row, "form": form, "look": LOOKS[row.state], "said": last if last and last.by == flow.RESOURCE else None,
        "handover": getattr(row, "handover", None) if accepted else None,
        "more": bool(flow.choices(row.state, flow.RESOURCE)),
    }  # fmt: skip
    return render(request, "logbook/referral_answer.html", context, status=422 if form.errors else 200)
