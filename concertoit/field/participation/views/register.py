"""The register of an election: the list before, codes and strikes during. The coordination only."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from concertoit.field.participation import exports
from concertoit.field.participation.forms.elections import ElectorForm, ElectorsForm
from concertoit.field.participation.models import Election
from concertoit.field.participation.queries.elections import election_of
from concertoit.field.participation.views.pages import address, form_page
from concertoit.ground.ballots import queries
from concertoit.ground.ballots.models import Box, Elector
from concertoit.ground.ballots.services import register as services
from concertoit.ground.core.errors import DomainError
from concertoit.ground.core.media import WORD
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt
from concertoit.ground.ui import toasts
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render, render_page

LINES = 50


def box_of(election: Election) -> Box:
    """The box made with the election."""
    assert election.box is not None  # noqa: S101 - made with the election, never taken away
    return election.box


@in_space("participation.manage")
def register(request: SpaceRequest, election_id: int) -> HttpResponse:
    """The list: written before the vote, struck off during."""
    row = election_of(request.viewer, election_id)
    box = box_of(row)
    form = ElectorsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and attempt(form, lambda: _add(request, box, form)):
        return redirect(request, address(request, "register", election_id=row.pk))
    found = queries.electors(box, search=request.GET.get("q", ""), state=request.GET.get("etat", ""))
    context = {
        "row": row,
        "box": box,
        "form": form,
        "page": Paginator(found, LINES).get_page(request.GET.get("page")),
        "turnout": queries.turnout(box),
        "ways": queries.ways_of(box),
        "state": request.GET.get("etat", ""),
    }
    status = 422 if form.errors else 200
    return render_page(request, "participation/register.html", context, fragments={"liste": "lines"}, status=status)


def _add(request: SpaceRequest, box: Box, form: ElectorsForm) -> None:
    added, already = services.add_electors(viewer=request.viewer, box=box, people=form.lines)
    said = ngettext("%(num)s personne inscrite.", "%(num)s personnes inscrites.", added) % {"num": added}
    if already:
        names = ", ".join(already[:5]) + ("…" if len(already) > 5 else "")
        said += " " + _("Déjà sur la liste : %(names)s.") % {"names": names}
    toasts.done(request, said)


@in_space("participation.manage")
def elector_edit(request: SpaceRequest, election_id: int, elector_id: int) -> HttpResponse:
    """Correct a line before the vote."""
    row = election_of(request.viewer, election_id)
    elector = get_object_or_404(Elector, pk=elector_id, box=box_of(row))
    initial = {"name": elector.name, "dwelling": elector.dwelling, "email": elector.email}
    form = ElectorForm(request.POST if request.method == "POST" else None, initial=initial)
    return form_page(
        request, form,
        lambda: services.correct_elector(
            viewer=request.viewer, box=box_of(row), elector_id=elector.pk, facts=form.facts()
        ),
        title=_("Corriger l’inscription n° %(number)s") % {"number": elector.number},
        back=address(request, "register", election_id=row.pk),
    )  # fmt: skip


@require_POST
@in_space("participation.manage")
def elector_act(request: SpaceRequest, election_id: int, elector_id: int) -> HttpResponse:
    """Strike off who votes on paper, take a strike back, or remove a line before the vote."""
    row = election_of(request.viewer, election_id)
    box, what = box_of(row), request.POST.get("quoi", "")
    if what == "retirer":
        services.remove_elector(viewer=request.viewer, box=box, elector_id=elector_id)
        toasts.done(request, _("Inscription retirée."))
    elif what == "defaire":
        services.undo_strike(viewer=request.viewer, box=box, elector_id=elector_id)
        toasts.done(request, _("Émargement défait."))
    else:
        elector = services.strike(viewer=request.viewer, box=box, elector_id=elector_id, channel=what)
        toasts.done(request, _("%(name)s : émargement noté. Remettez le bulletin.") % {"name": elector.name})
    search = request.POST.get("q", "")
    back = address(request, "register", election_id=row.pk)
    return redirect(request, f"{back}?q={search}" if search else back)


@never_cache
@require_POST
@in_space("participation.manage")
def code_new(request: SpaceRequest, election_id: int, elector_id: int) -> HttpResponse:
    """A new code for one elector, shown this once."""
    row = election_of(request.viewer, election_id)
    told = services.issue_codes(viewer=request.viewer, box=box_of(row), elector_ids=[elector_id])
    if not told:
        raise DomainError(_("Cette personne a déjà voté."))
    elector, code = told[0]
    link = request.build_absolute_uri(reverse("ballots:vote", kwargs={"code": code}))
    return render(request, "participation/code.html", {"row": row, "elector": elector, "code": code, "link": link})


@never_cache
@require_POST
@in_space("participation.manage")
def codes_file(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Slips with a code for everybody who has none: the only copy."""
    row = election_of(request.viewer, election_id)
    told = services.issue_codes(viewer=request.viewer, box=box_of(row))
    if not told:
        raise DomainError(_("Tout le monde a déjà son code, ou a voté."))
    where = request.build_absolute_uri(reverse("ballots:enter"))
    lines = [(elector.number, elector.name, elector.dwelling, code) for elector, code in told]
    content = exports.codes_docx(_("Codes de vote : %(title)s") % {"title": row.title}, where, lines)
    return attachment(content, WORD, f"codes-de-vote-{row.pk}.docx")


@in_space("participation.manage")
def slips_file(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Online ballots to pour into the paper box."""
    row = election_of(request.viewer, election_id)
    ballots = queries.printed_ballots(box_of(row))
    content = exports.slips_docx(_("Bulletins en ligne à verser dans l’urne"), ballots)
    return attachment(content, WORD, f"bulletins-a-verser-{row.pk}.docx")
