"""The voter's pages: a door where a code is typed, the ballot, a second look, and the box. No account, no session."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from concertoit.ground.ballots import queries
from concertoit.ground.ballots.forms import BallotForm, CodeForm
from concertoit.ground.ballots.services import voting
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link


@personal_link
def enter(request: HttpRequest) -> HttpResponse:
    """The door: type the code of one's letter. A code that opens nothing is said here."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if queries.behind(voting.digest_of(form.cleaned_data["code"])):
            return redirect(request, reverse("ballots:vote", kwargs={"code": form.cleaned_data["code"].strip()}))
        form.add_error(
            "code",
            _("Ce code n’ouvre aucun scrutin en cours. Vérifiez chaque lettre; un scrutin clos ne s’ouvre plus."),
        )
    return render(request, "ballots/enter.html", {"form": form}, status=422 if form.errors else 200)


@personal_link
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """The ballot of who holds the code: choose, look again, put it in the box."""
    elector = queries.behind(voting.digest_of(code))
    if elector is None:
        return render(request, "ballots/over.html", {"elector": None}, status=404)
    if not queries.may_vote(elector):
        return render(request, "ballots/over.html", {"elector": elector})
    form = BallotForm(request.POST if request.method == "POST" else None, box=elector.box)
    context = {"form": form, "box": elector.box, "elector": elector}
    if request.method != "POST":
        return render(request, "ballots/vote.html", context)
    if not form.is_valid():
        return render(request, "ballots/vote.html", context, status=422)
    if request.POST.get("quoi") == "changer":
        return render(request, "ballots/vote.html", context)
    if request.POST.get("quoi") != "deposer":
        return render(request, "ballots/review.html", context)
    return _cast(request, code, form)


def _cast(request: HttpRequest, code: str, form: BallotForm) -> HttpResponse:
    """Into the box; a second submission finds that the vote is there already."""
    try:
        voting.cast(code=code, choices=form.cleaned_data["choices"])
    except NotVisible:
        return render(request, "ballots/over.html", {"elector": None}, status=404)
    except DomainError:
        elector = queries.behind(voting.digest_of(code))
        return render(request, "ballots/over.html", {"elector": elector}, status=409)
    return redirect(request, reverse("ballots:vote", kwargs={"code": code}))
