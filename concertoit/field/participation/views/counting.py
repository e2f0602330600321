"""Counting by personal link, then the draw, complaints and proclamation (P2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.participation import workflow
from concertoit.field.participation.forms.elections import (
    AnswerForm,
    ComplaintForm,
    CountForm,
    DrawForm,
    ProclaimForm,
)
from concertoit.field.participation.models import Complaint
from concertoit.field.participation.queries import elections as queries
from concertoit.field.participation.services import counting as services
from concertoit.field.participation.services.elections import token_of
from concertoit.field.participation.views.elections import back_to
from concertoit.field.participation.views.pages import address, form_page
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link


@in_space("participation.manage")
def counting(request: SpaceRequest, election_id: int) -> HttpResponse:
    """How counting goes: who counts, by which link, who has counted; never what."""
    row = queries.election_of(request.viewer, election_id)
    assert row.box is not None  # noqa: S101 - made with the election, never taken away
    names = {option["key"]: option["label"] for option in row.box.options}
    known = {"envelopes": _("bulletins trouvés"), "blank": _("bulletins blancs"), "rejected": _("bulletins rejetés")}
    lines = [
        {
            "one": one,
            "link": request.build_absolute_uri(reverse("participation:count", kwargs={"token": token_of(one)})),
            "done": one.counted_round == row.counting_round,
        }
        for one in row.scrutineers.all()
    ]
    context = {
        "row": row,
        "lines": lines,
        "expected": queries.expected_envelopes(row) if row.secrecy != "verifiable" else None,
        "differences": [known.get(key) or names.get(key, key) for key in row.differences],
    }
    return render(request, "participation/counting.html", context)


@personal_link
def count(request: HttpRequest, token: str) -> HttpResponse:
    """A scrutineer's page, on a phone: what one counted, alone."""
    one = queries.scrutineer_behind(token)
    row = one.election
    waiting = row.state == workflow.CLOSED and one.counted_round < row.counting_round
    expected = queries.expected_envelopes(row) if row.secrecy != "verifiable" else None
    if not waiting:
        return render(request, "participation/count_over.html", {"one": one, "row": row})
    form = CountForm(posted(request), election=row)
    if request.method == "POST" and attempt(form, lambda: services.submit_count(token=token, count=form.count())):
        return redirect(request, reverse("participation:count", kwargs={"token": token}))
    context = {"one": one, "row": row, "form": form, "expected": expected}
    return render(request, "participation/count.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("participation.manage")
def count_online(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Write the result where nobody voted on paper."""
    row = queries.election_of(request.viewer, election_id)
    services.count_without_paper(viewer=request.viewer, election=row)
    toasts.done(request, _("Le résultat est inscrit."))
    return back_to(request, row)


@in_space("participation.manage")
def draw(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Draw the last seats by lot, before witnesses."""
    row = queries.election_of(request.viewer, election_id)
    form = DrawForm(posted(request))
    return form_page(
        request, form,
        lambda: services.draw(viewer=request.viewer, election=row, **form.cleaned_data),
        title=_("Tirer au sort devant témoins"), back=address(request, "election", election_id=row.pk),
        lead=_("Faites-le dans la salle, à l’écran. Les mots, les témoins et le tirage restent inscrits."),
        submit=_("Tirer au sort"), said=_("Le sort a départagé l’égalité."),
    )  # fmt: skip


@in_space("participation.manage")
def complaint_new(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Write a complaint."""
    row = queries.election_of(request.viewer, election_id)
    form = ComplaintForm(posted(request), initial={"on": timezone.localdate()})
    back = address(request, "election", election_id=row.pk) + "#contestations"
    return form_page(
        request, form,
        lambda: services.receive_complaint(viewer=request.viewer, election=row, **form.cleaned_data),
        title=_("Inscrire une contestation"), back=back,
    )  # fmt: skip


@in_space("participation.manage")
def complaint_answer(request: SpaceRequest, complaint_id: int) -> HttpResponse:
    """Answer a complaint."""
    row = get_object_or_404(Complaint, pk=complaint_id, space=request.viewer.space)
    form = AnswerForm(posted(request))
    back = address(request, "election", election_id=row.election_id) + "#contestations"
    return form_page(
        request, form,
        lambda: services.answer_complaint(viewer=request.viewer, complaint=row, answer=form.cleaned_data["answer"]),
        title=_("Répondre à une contestation"), lead=row.text, back=back,
    )  # fmt: skip


@in_space("participation.manage")
def proclaim(request: SpaceRequest, election_id: int) -> HttpResponse:
    """Proclaim the result: the elected enter the committee."""
    row = queries.election_of(request.viewer, election_id)
    form = ProclaimForm(posted(request), initial={"on": timezone.localdate()})
    return form_page(
        request, form,
        lambda: services.proclaim(viewer=request.viewer, election=row, on=form.cleaned_data["on"]),
        title=_("Proclamer le résultat"), back=address(request, "election", election_id=row.pk),
        lead=_("Les personnes élues entrent au comité consultatif; leur mandat commence ce jour-là."),
        submit=_("Proclamer"), said=_("Le résultat est proclamé."),
    )  # fmt: skip
