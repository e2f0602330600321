"""Sorting what was said: chosen ideas are merged, grouped, put under an axis, or become an action of the draft."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.views import SpaceRequest, attempt, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render_page
from concertoit.ground.ui.toasts import done
from concertoit.together.decisions.forms.workshops import ActionForm, GroupForm
from concertoit.together.decisions.queries.workshops import (
    axis_titles,
    board_of,
    places_for_action,
    workshop_of,
)
from concertoit.together.decisions.rules.workshops import proposal_description
from concertoit.together.decisions.services import ideas, sorting
from concertoit.together.decisions.services.sorting import group_of
from concertoit.together.decisions.views.workshops import address


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16]


def _number(value: str) -> int | None:
    return next(iter(_numbers([value])), None)


@in_space("workshop.run")
def workshop_sort(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """The ideas to sort; what is done with the chosen ones is posted here."""
    row = workshop_of(request.viewer, workshop_id)
    if request.method == "POST":
        return _act(request, row.pk)
    board = board_of(row)
    colour = request.GET.get("chapeau", "")
    loose = [view for view in board.loose if not colour or view.colour == colour]
    context = {
        "workshop": row, "board": board, "loose": loose, "colour": colour, "axes": axis_titles(request.viewer.space),
    }  # fmt: skip
    return render_page(request, "decisions/workshop_sort.html", context)


def _act(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """Do with the chosen ideas what the button says."""
    chosen = _numbers(request.POST.getlist("idee"))
    acts: dict[str, Callable[[SpaceRequest, int, list[int]], str]] = {
        "fusionner": _merge, "grouper": _group, "axe": _axis, "degrouper": _ungroup, "action": _to_action,
    }  # fmt: skip
    act = acts.get(request.POST.get("quoi", ""))
    if act is None:
        raise DomainError(_("Ce bouton n’existe pas."))
    return redirect(request, act(request, workshop_id, chosen))


def _merge(request: SpaceRequest, workshop_id: int, chosen: list[int]) -> str:
    kept = sorting.merge(viewer=request.viewer, workshop_id=workshop_id, ids=chosen)
    undo = address(request, "workshop_idea", workshop_id, idea_id=kept.pk) + "?quoi=separer"
    count = len(set(chosen))
    done(request, ngettext("%(n)s idée fusionnée.", "%(n)s idées fusionnées.", count) % {"n": count}, undo=undo)
    return address(request, "workshop_sort", workshop_id)


def _group(request: SpaceRequest, workshop_id: int, chosen: list[int]) -> str:
    title = request.POST.get("nouveau", "").strip()
    group_id = _number(request.POST.get("groupe", ""))
    if not title and group_id is None:
        raise DomainError(_("Choisissez un groupe, ou écrivez le titre d’un nouveau."))
    group = sorting.put_in_group(
        viewer=request.viewer, workshop_id=workshop_id, ids=chosen, group_id=group_id, title=title
    )
    done(request, _("Dans le groupe « %(title)s ».") % {"title": group})
    return address(request, "workshop_sort", workshop_id) + (f"#groupe-{group.pk}" if group else "")


def _ungroup(request: SpaceRequest, workshop_id: int, chosen: list[int]) -> str:
    sorting.put_in_group(viewer=request.viewer, workshop_id=workshop_id, ids=chosen)
    done(request, _("Hors de tout groupe."))
    return address(request, "workshop_sort", workshop_id)


def _axis(request: SpaceRequest, workshop_id: int, chosen: list[int]) -> str:
    axis_id = _number(request.POST.get("axe", ""))
    sorting.link_to_axis(viewer=request.viewer, workshop_id=workshop_id, ids=chosen, axis_id=axis_id)
    done(request, _("Idées reliées à l’axe.") if axis_id else _("Idées détachées de leur axe."))
    return address(request, "workshop_sort", workshop_id)


def _to_action(request: SpaceRequest, workshop_id: int, chosen: list[int]) -> str:
    if not chosen:
        raise DomainError(_("Choisissez au moins une idée."))
    return address(request, "workshop_action", workshop_id) + "?" + "&".join(f"idee={pk}" for pk in chosen)


@in_space("workshop.run")
@require_POST
def workshop_idea(request: SpaceRequest, workshop_id: int, idea_id: int) -> HttpResponse:
    """Split what was merged, take an idea off the wall, put it back, or move it to a group (what dragging posts)."""
    what = request.POST.get("quoi") or request.GET.get("quoi", "")
    viewer = request.viewer
    workshop_of(viewer, workshop_id)
    if what == "separer":
        sorting.split(viewer=viewer, workshop_id=workshop_id, idea_id=idea_id)
        done(request, _("Les idées sont de nouveau séparées."))
    elif what in ("retirer", "remettre"):
        ideas.set_aside(viewer=viewer, workshop_id=workshop_id, idea_id=idea_id, aside=what == "retirer")
        again = address(request, "workshop_idea", workshop_id, idea_id=idea_id) + "?quoi=remettre"
        if what == "retirer":
            done(request, _("L’idée n’est plus sur le mur."), undo=again)
        else:
            done(request, _("L’idée est de nouveau sur le mur."))
    elif what == "deplacer":
        group_id = _number(request.POST.get("groupe", ""))
        sorting.put_in_group(viewer=viewer, workshop_id=workshop_id, ids=[idea_id], group_id=group_id)
    else:
        raise DomainError(_("Ce bouton n’existe pas."))
    return redirect(request, address(request, "workshop_sort", workshop_id))


@in_space("workshop.run")
def workshop_group(request: SpaceRequest, workshop_id: int, group_id: int) -> HttpResponse:
    """Rename a group, put it under an axis, or undo it."""
    row = workshop_of(request.viewer, workshop_id)
    group = group_of(row, group_id)
    back = address(request, "workshop_sort", workshop_id)
    if request.method == "POST" and request.POST.get("quoi") == "defaire":
        sorting.remove_group(viewer=request.viewer, workshop_id=workshop_id, group_id=group_id)
        done(request, _("Le groupe est défait; ses idées restent."))
        return redirect(request, back)
    form = GroupForm(
        posted(request), axes=axis_titles(request.viewer.space), initial={"title": group.title, "axis": group.axis_id}
    )

    def save() -> None:
        values = form.cleaned_data
        sorting.change_group(
            viewer=request.viewer,
            workshop_id=workshop_id,
            group_id=group_id,
            title=values["title"],
            axis_id=values["axis"],
        )

    if request.method == "POST" and attempt(form, save):
        done(request, _("Le groupe est enregistré."))
        return redirect(request, f"{back}#groupe-{group_id}")
    context = {"form": form, "workshop": row, "group": group, "back": back}
    return render_page(request, "decisions/workshop_group.html", context, status=422 if form.errors else 200)


@in_space("workshop.run")
def workshop_action(request: SpaceRequest, workshop_id: int) -> HttpResponse:
    """Make an action of the draft from ideas, or from a group: its words, its place, and the ideas it comes from."""
    row = workshop_of(request.viewer, workshop_id)
    board = board_of(row)
    chosen, group = _sources(request, board)
    if not chosen:
        raise DomainError(_("Choisissez au moins une idée."))
    form = ActionForm(
        posted(request), places=places_for_action(request.viewer.space), initial=_first_words(chosen, group)
    )

    def save() -> None:
        values = form.cleaned_data
        sorting.propose_action(
            viewer=request.viewer,
            workshop_id=workshop_id,
            ids=[view.idea.pk for view in chosen],
            title=values["title"],
            description=values["description"],
            parent_item_id=values["parent"],
            group_id=group.group.pk if group else None,
        )

    if request.method == "POST" and attempt(form, save):
        done(request, _("L’action est dans l’ébauche du plan; elle garde les idées d’où elle vient."))
        return redirect(request, address(request, "workshop_sort", workshop_id))
    outline = reverse("plans:outline", kwargs={"slug": request.viewer.space.slug})
    context = {
        "form": form, "workshop": row, "chosen": chosen, "group": group, "outline": outline,
        "back": address(request, "workshop_sort", workshop_id),
    }  # fmt: skip
    return render_page(request, "decisions/workshop_action.html", context, status=422 if form.errors else 200)


def _sources(request: SpaceRequest, board: Any) -> tuple[list[Any], Any]:
    """The ideas that the address names, or those of the group it names."""
    group_id = _number(request.GET.get("groupe", ""))
    group = next((one for one in board.groups if one.group.pk == group_id), None)
    if group is not None:
        return group.ideas, group
    asked = set(_numbers(request.GET.getlist("idee")))
    return [view for hat in board.hats for view in hat.ideas if view.idea.pk in asked], None


def _first_words(chosen: list[Any], group: Any) -> dict[str, Any]:
    said = [idea.text for view in chosen for idea in (view.idea, *view.duplicates)]
    axes = [group.group.axis_id] if group else []
    axes += [view.idea.axis_id for view in chosen if view.idea.axis_id]
    title = group.group.title if group else chosen[0].idea.text
    return {"title": title, "description": proposal_description(said), "parent": axes[0] if axes else None}
