"""What the pilot admits, and who helps."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from concertoit.field.small_works.forms.setup import HandypersonForm, PilotForm
from concertoit.field.small_works.models import Handyperson
from concertoit.field.small_works.queries import requests as queries
from concertoit.field.small_works.services import setting_up
from concertoit.field.small_works.views.pages import address, form_page
from concertoit.ground.identity.services import create_person
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import render


@in_space("works.setup")
def pilot(request: SpaceRequest) -> HttpResponse:
    """Age, works, costs, follow-up, research."""
    row = queries.pilot_of(request.viewer.space)
    initial = {name: getattr(row, name) for name in PilotForm.base_fields}
    form = PilotForm(posted(request), initial=initial)
    return form_page(
        request, form, lambda: setting_up.save_pilot(viewer=request.viewer, facts=form.facts()),
        title=_("Ce que le projet admet"), back=address(request, "home"),
        lead=_("Des valeurs que la démarche décide. Vides, elles restent à vérifier pour chaque demande."),
    )  # fmt: skip


@in_space("works.view")
def handypersons(request: SpaceRequest) -> HttpResponse:
    """Who helps: what each can do, where, and whether they may go to somebody's home."""
    rows = queries.handypersons(request.viewer.space)
    return render(request, "small_works/handypersons.html", {"rows": rows})


@in_space("works.view")
def handyperson_edit(request: SpaceRequest, handyperson_id: int | None = None) -> HttpResponse:
    """Write somebody on the list, or change what is known."""
    viewer = request.viewer
    row = get_object_or_404(Handyperson, pk=handyperson_id, space=viewer.space) if handyperson_id else None
    initial = {}
    if row:
        names = ("person", "organisation", "email", "phone", "skills", "checked_on", "max_load", "ends_on")
        initial = {name: getattr(row, name) for name in names}
        initial |= {"mrcs": list(row.mrcs.all()), "languages": ", ".join(row.languages)}
    form = HandypersonForm(posted(request), viewer=viewer, initial=initial)

    def save() -> None:
        new = form.new_person()
        person = create_person(actor=request.user, facts=new, space_id=viewer.space.pk) if new else None
        known = person or form.cleaned_data["person"]
        setting_up.save_handyperson(viewer=viewer, facts=form.facts(known), row=row)

    return form_page(
        request, form, save, title=row.person.full_name if row else _("Inscrire une personne qui aide"),
        back=address(request, "handypersons"),
    )  # fmt: skip
