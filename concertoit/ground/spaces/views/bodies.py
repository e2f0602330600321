"""Governing bodies, committees and their seats."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces import queries, services, workflow
from concertoit.ground.spaces.enums import CommitteeState
from concertoit.ground.spaces.forms import BodyForm, CommitteeForm, SeatForm
from concertoit.ground.spaces.models import BodyMembership, Committee, GoverningBody
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("space.view")
def bodies(request: SpaceRequest) -> HttpResponse:
    """All bodies and committees, with who sits there."""
    committees = queries.committees_of(request.viewer)
    context = {
        "bodies": queries.bodies_of(request.viewer),
        "committees": committees,
        "twins": len(queries.similar_committees(committees)) if request.viewer.can("space.manage") else 0,
    }
    return render(request, "spaces/bodies.html", context)


@in_space("space.view")
def body(request: SpaceRequest, body_id: int) -> HttpResponse:
    """One governing body: mandate, rhythm, seats now and before."""
    row = get_object_or_404(GoverningBody, pk=body_id, space=request.viewer.space)
    return _place(request, row)


@in_space("space.view")
def committee(request: SpaceRequest, committee_id: int) -> HttpResponse:
    """One committee: mandate, state, seats now and before."""
    row = get_object_or_404(Committee, pk=committee_id, space=request.viewer.space)
    if row.merged_into_id:
        return redirect(request, committee_url(request, row.merged_into_id))
    moves = [(state, _MOVES[state]) for state in workflow.COMMITTEE[row.state]]
    merged = Committee.objects.filter(merged_into=row).order_by("pk") if request.viewer.can("space.manage") else []
    return _place(request, row, moves=moves, others=_others(request, row), merged=merged)


def _others(request: SpaceRequest, row: Committee) -> list[tuple[int, str]]:
    """What may be merged into this committee, for who may merge."""
    if not request.viewer.can("space.manage"):
        return []
    rows = Committee.objects.filter(space=request.viewer.space, merged_into=None).exclude(pk=row.pk)
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


_MOVES = {CommitteeState.ACTIVE.value: "form", CommitteeState.CLOSED.value: "close"}


def _place(request: SpaceRequest, row: GoverningBody | Committee, **context: Any) -> HttpResponse:
    seats = row.seats.select_related("membership__person", "membership__organisation").order_by("ends_on", "pk")
    is_body = isinstance(row, GoverningBody)
    kind = "spaces.governingbody" if is_body else "spaces.committee"
    context |= {
        "place": row,
        "is_body": is_body,
        "history": history_url(request.user, kind, row.pk),
        "now": [seat for seat in seats if seat.ends_on is None],
        "before": [seat for seat in seats if seat.ends_on is not None],
        "form": SeatForm(viewer=request.viewer) if request.viewer.can("space.manage") else None,
        "action": _address(request, row, "seat_add"),
    }
    return render(request, "spaces/place.html", context)


def _address(request: SpaceRequest, row: GoverningBody | Committee, suffix: str = "") -> str:
    noun = "body" if isinstance(row, GoverningBody) else "committee"
    name = f"spaces:{noun}_{suffix}" if suffix else f"spaces:{noun}"
    return reverse(name, kwargs={"slug": request.viewer.space.slug, f"{noun}_id": row.pk})


@in_space("space.manage")
def body_edit(request: SpaceRequest, body_id: int | None = None) -> HttpResponse:
    """Add a governing body, or change one."""
    row = get_object_or_404(GoverningBody, pk=body_id, space=request.viewer.space) if body_id else None
    form = BodyForm(posted(request), initial=_initial(row, BodyForm))
    return _edit(
        request, form, row, _("Ajouter une instance"),
        lambda: services.save_body(viewer=request.viewer, facts=form.facts(), body=row),
    )  # fmt: skip


@in_space("space.manage")
def committee_edit(request: SpaceRequest, committee_id: int | None = None) -> HttpResponse:
    """Announce a committee, or change one."""
    row = get_object_or_404(Committee, pk=committee_id, space=request.viewer.space) if committee_id else None
    form = CommitteeForm(posted(request), initial=_initial(row, CommitteeForm))
    return _edit(
        request, form, row, _("Annoncer un comité"),
        lambda: services.save_committee(viewer=request.viewer, facts=form.facts(), committee=row),
    )  # fmt: skip


def _initial(row: Any, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields} if row else {}


def _edit(request: SpaceRequest, form: forms.Form, row: Any, title: str, save: Callable[[], Any]) -> HttpResponse:
    saved: list[Any] = []
    if request.method == "POST" and attempt(form, lambda: saved.append(save())):
        done(request, _("Enregistré."))
        return redirect(request, _address(request, saved[0]))
    back = _address(request, row) if row else reverse("spaces:bodies", kwargs={"slug": request.viewer.space.slug})
    context = {"form": form, "title": row.name if row else title, "back": back, "submit": _("Enregistrer")}
    return render(request, "spaces/form.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("space.manage")
def committee_move(request: SpaceRequest, committee_id: int) -> HttpResponse:
    """Form a committee, end it, take it up again."""
    row = get_object_or_404(Committee, pk=committee_id, space=request.viewer.space)
    state = request.POST.get("state", "")
    services.move_committee(viewer=request.viewer, committee=row, state=state)
    done(request, _("Le comité est maintenant : %(state)s.") % {"state": row.get_state_display().lower()})
    return redirect(request, _address(request, row))


@in_space("space.manage")
def committee_duplicates(request: SpaceRequest) -> HttpResponse:
    """Pairs of committees that look like one: a document may have announced the same under two names."""
    pairs = queries.similar_committees(queries.committees_of(request.viewer))
    return render(request, "spaces/committee_duplicates.html", {"pairs": pairs})


@require_POST
@in_space("space.manage")
def committee_merge(request: SpaceRequest, committee_id: int) -> HttpResponse:
    """Merge another committee of the démarche into this one."""
    mine = Committee.objects.filter(space=request.viewer.space, merged_into=None)
    kept = get_object_or_404(mine, pk=committee_id)
    merged = get_object_or_404(mine, pk=read_id(request.POST.get("merged")) or 0)
    services.merge_committees(viewer=request.viewer, kept=kept, merged=merged)
    undo = reverse("spaces:committee_unmerge", kwargs={"slug": request.viewer.space.slug, "committee_id": merged.pk})
    done(request, _("Comités fusionnés : les sièges et les actions du plan ont suivi."), undo=undo)
    return redirect(request, committee_url(request, kept.pk))


@require_POST
@in_space("space.manage")
def committee_unmerge(request: SpaceRequest, committee_id: int) -> HttpResponse:
    """Undo a merge."""
    merged = get_object_or_404(Committee, pk=committee_id, space=request.viewer.space, merged_into__isnull=False)
    services.unmerge_committee(viewer=request.viewer, merged=merged)
    done(request, _("Fusion annulée : les deux comités sont de nouveau séparés."))
    return redirect(request, committee_url(request, merged.pk))


def committee_url(request: SpaceRequest, committee_id: int) -> str:
    return reverse("spaces:committee", kwargs={"slug": request.viewer.space.slug, "committee_id": committee_id})


@require_POST
@in_space("space.manage")
def body_seat_add(request: SpaceRequest, body_id: int) -> HttpResponse:
    """Seat somebody in a governing body."""
    return _seat(request, get_object_or_404(GoverningBody, pk=body_id, space=request.viewer.space))


@require_POST
@in_space("space.manage")
def committee_seat_add(request: SpaceRequest, committee_id: int) -> HttpResponse:
    """Seat somebody in a committee."""
    return _seat(request, get_object_or_404(Committee, pk=committee_id, space=request.viewer.space))


def _seat(request: SpaceRequest, row: GoverningBody | Committee) -> HttpResponse:
    form = SeatForm(request.POST, viewer=request.viewer)

    def act() -> None:
        values = form.cleaned_data
        services.add_seat(
            viewer=request.viewer, membership=form.rows[values["membership"]], place=row,
            function=values["function"], starts_on=values["starts_on"],
        )  # fmt: skip

    if attempt(form, act):
        done(request, _("Siège ajouté."))
        return redirect(request, _address(request, row))
    context = {"form": form, "title": row.name, "back": _address(request, row), "submit": _("Faire siéger")}
    return render(request, "spaces/form.html", context, status=422)


@require_POST
@in_space("space.manage")
def seat_end(request: SpaceRequest, seat_id: int) -> HttpResponse:
    """End a seat."""
    seat = get_object_or_404(BodyMembership, pk=seat_id, space=request.viewer.space)
    services.end_seat(viewer=request.viewer, seat=seat)
    done(request, _("Siège terminé."))
    return redirect(request, _address(request, seat.place))
