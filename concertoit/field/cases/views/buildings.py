"""A building with everything known of it, its owners, and their other buildings."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from concertoit.field.cases.forms.owners import OwnerForm
from concertoit.field.cases.queries.building import building_for, building_view, others_of, owner_for
from concertoit.field.cases.services import owners as services
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.cases.views.sections import building_sections
from concertoit.ground.places.models import Building
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import render


@in_space("cases.work")
def building(request: SpaceRequest, building_id: int) -> HttpResponse:
    """One building: cases, visits, orders, owners with their other buildings, sections of others."""
    viewer = request.viewer
    row = building_for(viewer, building_id)
    context = {"view": building_view(viewer, row), "sections": building_sections(viewer, row)}
    return render(request, "cases/case_building.html", context)


@in_space("cases.work")
def owner_new(request: SpaceRequest, building_id: int) -> HttpResponse:
    """Write who owns a building."""
    viewer = request.viewer
    row: Building = building_for(viewer, building_id)
    form = OwnerForm(posted(request))

    def save() -> None:
        owner = services.save_owner(viewer=viewer, facts=form.facts())
        services.give_building(
            viewer=viewer, owner=owner, building=row, since=form.cleaned_data["since"],
            source=form.cleaned_data["source"],
        )  # fmt: skip

    return form_page(
        request, form, save, title=_("Propriétaire de %(place)s") % {"place": row.line},
        back=address(request, "building", building_id=row.pk) + "#proprietaires",
        lead=_("Ce qu’il faut pour joindre le propriétaire au sujet de l’immeuble, rien de plus."),
    )  # fmt: skip


@in_space("cases.work")
def owner(request: SpaceRequest, owner_id: int) -> HttpResponse:
    """An owner and their buildings."""
    row = owner_for(request.viewer, owner_id)
    buildings = others_of(request.viewer, [row.pk]).get(row.pk, [])
    return render(request, "cases/case_owner.html", {"row": row, "buildings": buildings})


@in_space("cases.work")
def owner_edit(request: SpaceRequest, owner_id: int) -> HttpResponse:
    """Correct how an owner is reached."""
    viewer = request.viewer
    row = owner_for(viewer, owner_id)
    names = [name for name in OwnerForm.base_fields if name not in ("since", "source")]
    form = OwnerForm(posted(request), initial={name: getattr(row, name) for name in names})
    del form.fields["since"], form.fields["source"]
    return form_page(
        request, form, lambda: services.save_owner(viewer=viewer, facts=form.facts(), owner=row),
        title=row.name, back=address(request, "owner", owner_id=row.pk),
    )  # fmt: skip
