"""Elections: one page that says what comes next, and each act (P2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from concertoit.field.participation import workflow
from concertoit.field.participation.forms.elections import AnnulForm, CandidacyForm, ElectionForm, ScrutineerForm
from concertoit.field.participation.models import Candidacy, Election
from concertoit.field.participation.queries import elections as queries
from concertoit.field.participation.queries.committee import committee_of
from concertoit.field.participation.queries.minutes import minutes
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules import elections as rules
from concertoit.field.participation.services import elections as services
from concertoit.field.participation.views.pages import address, form_page, person_of
from concertoit.ground.audit.queries import history_url
from concertoit.ground.ballots.enums import Channel
from concertoit.ground.ballots.queries import turnout
from concertoit.ground.core.blocks import WRITERS
from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.core.spoken import date_long
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render

STEPS = (
    (workflow.PREPARING, gettext_noop("Préparation")),
    (workflow.OPEN, gettext_noop("Vote")),
    (workflow.CLOSED, gettext_noop("Dépouillement")),
    (workflow.COUNTED, gettext_noop("Contestations")),
    (workflow.PROCLAIMED, gettext_noop("Proclamation")),
)


def back_to(request: SpaceRequest, election: Election, anchor: str = "") -> HttpResponse:
    """The page of the election, where one was."""
    where = address(request, "election", election_id=election.pk)
    return redirect(request, f"{where}#{anchor}" if anchor else where)


@in_space("participation.view")
def elections(request: SpaceRequest) -> HttpResponse:
    """Elections of the démarche."""
    return render(request, "participation/elections.html", {"elections": list(queries.elections_of(request.viewer))})


@in_space("participation.view")
def election(request: SpaceRequest, election_id: int) -> HttpResponse:
    """One election: where it stands, what comes next, what may be shown."""
    viewer = request.viewer
    row = queries.election_of(viewer, election_id)
    manages = viewer.can("participation.manage")
    assert row.box is not None  # noqa: S101 - made with the election, never taken away
    context: dict[str, Any] = {
        "row": row,
        "steps": _steps(row),
        "checks": queries.checks_of(row, parameters_of(viewer.space)),
        "accepted": queries.accepted(row),
        "result": queries.result_of(row),
        "elected": queries.elected(row),
        "tied": queries.is_tied(row),
        "turnout": turnout(row.box),
        "files": attachments("participation.election", row.pk) if manages else [],
        "complaints": list(row.complaints.all()) if manages else [],
        "ways": [str(Channel(one).label) for one in row.channels],
        "scrutineer_form": ScrutineerForm(),
        "history": history_url(request.user, "participation.election", row.pk),
    }
    return render(request, "participation/election.html", context)


def _steps(row: Election) -> list[dict[str, str]]:
    """The process as the page draws it; an election without opposition skips the vote."""
    acclaimed = row.state == workflow.ACCLAIMED or (row.proclaimed_on is not None and not row.result)
    now = workflow.COUNTED if row.state == workflow.ACCLAIMED else row.state
    order = [code for code, _label in STEPS]
    reached = order.index(now) if now in order else -1
    shown = []
    for place, (code, label) in enumerate(STEPS):
        state = "done" if place < reached else "now" if place == reached else "next"
        if acclaimed and code in (workflow.OPEN, workflow.CLOSED):
            state = "skipped"
        if row.proclaimed_on and code == workflow.PROCLAIMED:
            state = "done"
        shown.append({"label": _(label), "state": state})
    return shown


@in_space("participation.manage")
def election_edit(request: SpaceRequest, election_id: int | None = None) -> HttpResponse:
    """Prepare an election: modalities, seats, ways of voting."""
    viewer = request.viewer
    row = queries.election_of(viewer, election_id) if election_id else None
    form = ElectionForm(posted(request), viewer=viewer, initial=_initial(request, row))
    saved: list[Election] = []
    return form_page(
        request, form,
        lambda: saved.append(services.save_election(viewer=viewer, facts=form.facts(), election=row)),
        title=row.title if row else _("Préparer une élection"),
        back=address(request, "election", election_id=row.pk) if row else address(request, "elections"),
        then=lambda: address(request, "election", election_id=saved[0].pk),
        lead=_("Les locataires déterminent les modalités de leur élection. Inscrivez ce que leur assemblée a adopté."),
    )  # fmt: skip


def _initial(request: SpaceRequest, row: Election | None) -> dict[str, Any]:
    if row is not None:
        return {name: getattr(row, name) for name in ElectionForm.base_fields}
    committee = committee_of(request.viewer.space)
    places = rules.seats(committee.board_size if committee else None, parameters_of(request.viewer.space))
    return {
        "title": _("Élection des représentantes et représentants des locataires"),
        "places": places or 2, "channels": ["room"], "secrecy": "organisational",
    }  # fmt: skip


@in_space("participation.manage")
def candidacy_new(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Receive a candidacy."""
    row = queries.election_of(request.viewer, election_id)
    form = CandidacyForm(posted(request), viewer=request.viewer)

    @transaction.atomic
    def save() -> None:
        services.declare_candidacy(
            viewer=request.viewer, election=row, person=person_of(request, form),
            complex=form.cleaned_data["complex"], statement=form.cleaned_data["statement"],
        )  # fmt: skip

    back = address(request, "election", election_id=row.pk) + "#candidatures"
    return form_page(request, form, save, title=_("Inscrire une candidature"), back=back)


@require_POST
@in_space("participation.manage")
def candidacy_move(request: SpaceRequest, candidacy_id: int) -> HttpResponse:
    """Accept, refuse or withdraw a candidacy."""
    row = get_object_or_404(Candidacy.objects.select_related("election"), pk=candidacy_id, space=request.viewer.space)
    reason, state = request.POST.get("reason", ""), request.POST.get("state", "")
    services.move_candidacy(viewer=request.viewer, candidacy=row, state=state, reason=reason)
    toasts.done(request, _("Candidature mise à jour."))
    return back_to(request, row.election, "candidatures")


@require_POST
@in_space("participation.manage")
def scrutineer_add(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Name somebody who counts."""
    row = queries.election_of(request.viewer, election_id)
    form = ScrutineerForm(request.POST)
    back = address(request, "election", election_id=row.pk) + "#scrutateurs"
    return form_page(
        request, form,
        lambda: services.add_scrutineer(viewer=request.viewer, election=row, name=form.cleaned_data["name"]),
        title=_("Nommer une personne qui compte"), back=back,
    )  # fmt: skip


@require_POST
@in_space("participation.manage")
def election_move(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Open the vote, or close it."""
    row = queries.election_of(request.viewer, election_id)
    moves: dict[str, tuple[Callable[..., Election], Any]] = {
        "ouvrir": (services.open_vote, _("La liste est figée et le scrutin est ouvert.")),
        "clore": (services.close_vote, _("Le scrutin est clos. Place au dépouillement.")),
    }
    if request.POST.get("quoi") not in moves:
        raise NotVisible("")
    act, said = moves[request.POST["quoi"]]
    done = act(viewer=request.viewer, election=row)
    acclaimed = done.state == workflow.ACCLAIMED
    toasts.done(request, _("Pas plus de candidatures que de sièges : personne n’a à voter.") if acclaimed else said)
    return back_to(request, row)


@in_space("participation.manage")
def annul(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Annul an election, and say why."""
    row = queries.election_of(request.viewer, election_id)
    form = AnnulForm(posted(request))
    return form_page(
        request, form,
        lambda: services.annul(viewer=request.viewer, election=row, why=form.cleaned_data["why"]),
        title=_("Annuler l’élection"), back=address(request, "election", election_id=row.pk),
        lead=_("Un scrutin ouvert est clos aussitôt. L’élection et sa raison restent inscrites; préparez-en une autre."),
        submit=_("Annuler l’élection"),
    )  # fmt: skip


@in_space("participation.view")
def minutes_file(request: SpaceRequest, election_id: int, extension: str) -> HttpResponse:
    """The minutes, to sign."""
    row = queries.election_of(request.viewer, election_id)
    write, media_type = must_exist(WRITERS.get(extension))
    if row.state in (workflow.PREPARING, workflow.OPEN, workflow.CLOSED):
        raise NotVisible("")
    made_at = timezone.localtime()
    subtitle = f"{row.title}\n{row.space.name}, {date_long(made_at.date(), article=False)}"
    content = write(_("Procès-verbal d’élection"), subtitle, minutes(row), made_at=made_at)
    return attachment(content, media_type, f"proces-verbal-election-{row.pk}.{extension}")
