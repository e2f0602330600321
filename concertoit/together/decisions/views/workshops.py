"""A workshop from the side of who prepares and runs it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.together.decisions.enums import MODE_NOTICES
from concertoit.together.decisions.exports.qr import qr_of
from concertoit.together.decisions.forms.workshops import PaperForm, WorkshopForm
from concertoit.together.decisions.models import Workshop
from concertoit.together.decisions.queries.workshops import board_of, live_from, workshop_of
from concertoit.together.decisions.services import ideas, workshops


def address(request: SpaceRequest, name: str, workshop_id: int, **kwargs: Any) -> str:
    """An address of a workshop of the démarche."""
    slug = request.viewer.space.slug
    return reverse(f"decisions:{name}", kwargs={"slug": slug, "workshop_id": workshop_id, **kwargs})


def history_of(request: SpaceRequest, kind: str, pk: int) -> str:
    """The address of the history, for those who read the journal of the démarche."""
    if not request.viewer.can("journal.view"):
        return ""
    return reverse("audit:history", kwargs={"object_type": kind, "object_id": str(pk)})


def door(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """How people come in from their phone: the address, its QR code and the short code."""
    url = request.build_absolute_uri(reverse("decisions:workshop_phone", kwargs={"code": workshop.code}))
    join = request.build_absolute_uri(reverse("decisions:workshop_join"))
    return {"url": url, "qr": qr_of(url), "join": join.partition("://")[2].rstrip("/"), "code": workshop.code}


@in_space("workshop.view")
def workshop(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """Where the workshop stands; for the facilitation, what to press next."""
    row = workshop_of(request.viewer, workshop_id)
    board = board_of(row)
    context = {
        "workshop": row,
        "board": board,
        "live": live_from(board),
        "notice": MODE_NOTICES[row.mode],
        "door": door(request, row) if row.by_code and not row.on_paper else None,
        "history": history_of(request, "decisions.workshop", row.pk),
    }
    return render(request, "decisions/workshop.html", context)


@in_space("workshop.run")
def workshop_edit(request: SpaceRequest, workshop_id: int = 0) -> HttpResponse:
    """Prepare a workshop, or change its preparation."""
    row = workshop_of(request.viewer, workshop_id) if workshop_id else None
    form = WorkshopForm(posted(request), workshop=row)
    saved: list[Workshop] = []

    def save() -> None:
        said = form.preparation()
        if row is None:
            saved.append(workshops.prepare(viewer=request.viewer, said=said))
        else:
            saved.append(workshops.change(viewer=request.viewer, workshop_id=row.pk, said=said))

    if request.method == "POST" and attempt(form, save):
        done(request, _("L’atelier est prêt.") if row is None else _("La préparation est enregistrée."))
        return redirect(request, address(request, "workshop", saved[0].pk))
    home = reverse("decisions:home", kwargs={"slug": request.viewer.space.slug})
    back = address(request, "workshop", row.pk) if row else home
    context = {"form": form, "workshop": row, "back": back}
    return render(request, "decisions/workshop_form.html", context, status=422 if form.errors else 200)


@in_space("workshop.run")
@require_POST
def workshop_state(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """Open the workshop, or end it."""
    if request.POST.get("quoi") == "terminer":
        workshops.close_workshop(viewer=request.viewer, workshop_id=workshop_id)
        done(request, _("L’atelier est terminé. Vous pouvez le rouvrir."))
    else:
        workshops.open_workshop(viewer=request.viewer, workshop_id=workshop_id)
        done(request, _("L’atelier est ouvert : les gens peuvent entrer."))
    return redirect(request, address(request, "workshop", workshop_id))


@in_space("workshop.run")
@require_POST
def workshop_hat(request: SpaceRequest, workshop_id: int, hat_id: int) -> HttpResponse:
    """Open a hat, close it, or give it more time."""
    workshop_of(request.viewer, workshop_id)
    what = request.POST.get("quoi", "")
    acts = {"ouvrir": workshops.open_hat, "fermer": workshops.close_hat, "prolonger": workshops.more_time}
    if what not in acts:
        raise DomainError(_("Ce bouton n’existe pas."))
    hat = acts[what](viewer=request.viewer, workshop_id=workshop_id, hat_id=hat_id)
    said = {"ouvrir": _("%(hat)s : ouvert."), "fermer": _("%(hat)s : fermé."), "prolonger": _("%(hat)s : prolongé.")}
    done(request, said[what] % {"hat": hat})
    return redirect(request, f"{address(request, 'workshop', workshop_id)}#chapeaux")


@in_space("workshop.run")
def workshop_paper(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """Type in what was written on paper."""
    row = workshop_of(request.viewer, workshop_id)
    form = PaperForm(posted(request), hats=board_of(row).hats)
    came: list[int] = []
    act = lambda: came.append(  # noqa: E731 - one call
        ideas.type_in(viewer=request.viewer, workshop_id=workshop_id, sheets=form.sheets())
    )
    if request.method == "POST" and attempt(form, act):
        done(request, _("Idées ajoutées : %(n)s.") % {"n": came[0]})
        return redirect(request, address(request, "workshop", workshop_id))
    context = {"form": form, "workshop": row, "back": address(request, "workshop", row.pk)}
    return render(request, "decisions/workshop_paper.html", context, status=422 if form.errors else 200)
