"""Organisations of a démarche: list, page, changes, duplicates."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.identity.models import Organisation
from concertoit.ground.identity.queries import similar_organisations
from concertoit.ground.spaces import filters, queries, services
from concertoit.ground.spaces.forms import OrganisationForm
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui.pages import redirect, render, render_page
from concertoit.ground.ui.toasts import done

PER_PAGE = 50


def _url(request: SpaceRequest, name: str, **kwargs: Any) -> str:
    return reverse(f"spaces:{name}", kwargs={"slug": request.viewer.space.slug, **kwargs})


@in_space("people.view")
def organisations(request: SpaceRequest) -> HttpResponse:
    """The organisations of the démarche, with filters in the address."""
    chosen = filters.from_address(request.GET)
    page = Paginator(queries.organisations_of(request.viewer, chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "chosen": chosen, "choices": filters.choices(request.viewer), "tab": "organisations"}
    return render_page(request, "spaces/organisations.html", context, fragments={"liste": "results"})


@in_space("people.view")
def organisation(request: SpaceRequest, organisation_id: int) -> HttpResponse:
    """An organisation: who it is, who takes part for it here, and what other rooms say of it."""
    row = queries.organisation_of(request.viewer, organisation_id)
    members = [
        one
        for one in queries.participations(request.viewer, queries.Filters(past=True))
        if one.organisation_id == row.pk
    ]
    context = {
        "organisation": row,
        "members": members,
        "taken": queries.steps_taken(request.viewer, [one.pk for one in members]),
        "others": _others(request, row),
        "merged": Organisation.objects.filter(merged_into=row).order_by("pk"),
        "history": history_url(request.user, "identity.organisation", row.pk),
    }
    return render(request, "spaces/organisation.html", context)


def _others(request: SpaceRequest, row: Organisation) -> list[tuple[int, str]]:
    """What may be merged into this one, for who may merge."""
    if not request.viewer.can("people.manage"):
        return []
    rows = queries.organisations_of(request.viewer).prefetch_related(None).exclude(pk=row.pk)
    return [(one.pk, one.name) for one in rows]


@in_space("people.manage")
def organisation_edit(request: SpaceRequest, organisation_id: int | None = None) -> HttpResponse:
    """Add an organisation, or change one of the démarche."""
    row = queries.organisation_of(request.viewer, organisation_id) if organisation_id else None
    form = OrganisationForm(posted(request), initial=_initial(row))
    saved: list[Organisation] = []

    def act() -> None:
        if row:
            saved.append(services.change_organisation(viewer=request.viewer, organisation=row, facts=form.facts()))
        else:
            saved.append(services.add_organisation(viewer=request.viewer, facts=form.facts()))

    if request.method == "POST" and attempt(form, act):
        done(request, _("Organisme enregistré."))
        return redirect(request, _url(request, "organisation", organisation_id=saved[0].pk))
    back = _url(request, "organisation", organisation_id=row.pk) if row else _url(request, "organisations")
    title = row.name if row else _("Ajouter un organisme")
    context = {"form": form, "title": title, "back": back, "submit": _("Enregistrer")}
    return render(request, "spaces/form.html", context, status=422 if form.errors else 200)


def _initial(row: Organisation | None) -> dict[str, Any]:
    if row is None:
        return {}
    values = {name: getattr(row, name) for name in ("name", "short_name", "kind", "neq", "website")}
    return {
        **values,
        "aliases": "\n".join(alias.name for alias in row.aliases.all()),
        "mrcs": [one.pk for one in row.mrcs.all()],
        "municipality": row.municipality.code if row.municipality else "",
    }


@in_space("people.manage")
def organisation_duplicates(request: SpaceRequest) -> HttpResponse:
    """Pairs that look like one organisation; a person decides, and may choose any two."""
    rows = list(queries.organisations_of(request.viewer))
    context = {"pairs": similar_organisations(rows), "tab": "duplicates"}
    return render(request, "spaces/duplicates.html", context)


@require_POST
@in_space("people.manage")
def organisation_merge(request: SpaceRequest, organisation_id: int) -> HttpResponse:
    """Merge another organisation of the démarche into this one."""
    kept = queries.organisation_of(request.viewer, organisation_id)
    merged = queries.organisation_of(request.viewer, read_id(request.POST.get("merged")) or 0)
    services.merge_into(viewer=request.viewer, kept=kept, merged=merged)
    undo = _url(request, "organisation_unmerge", organisation_id=merged.pk)
    done(request, _("Fiches fusionnées. Les noms de l’une sont devenus d’autres noms de l’autre."), undo=undo)
    return redirect(request, _url(request, "organisation", organisation_id=kept.pk))


@require_POST
@in_space("people.manage")
def organisation_unmerge(request: SpaceRequest, organisation_id: int) -> HttpResponse:
    """Undo a merge."""
    merged = get_object_or_404(Organisation, pk=organisation_id, merged_into__isnull=False)
    services.unmerge(viewer=request.viewer, merged=merged)
    done(request, _("Fusion annulée : les deux fiches sont de nouveau séparées."))
    return redirect(request, _url(request, "organisations"))
