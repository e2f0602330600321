"""Who answers: the list of voices, their families before opening, links, reminders, paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.enums import FAMILY_LABELS, PrioritisationState
from concertoit.together.decisions.forms.prioritisation import AddressForm, FamilyForm, InviteForm
from concertoit.together.decisions.policies import may_read_ballot
from concertoit.together.decisions.queries.prioritisation import found, turnouts, voices_of
from concertoit.together.decisions.queries.prioritisation_people import occasions
from concertoit.together.decisions.services import prioritisation_voices as services
from concertoit.together.decisions.services.prioritisation import is_open
from concertoit.together.decisions.views.prioritisation import url_of
from concertoit.together.decisions.views.prioritisation_show import tabs_of


@in_space("prioritisation.prepare")
@require_http_methods(["GET", "POST"])
def prioritisation_voices(request: SpaceRequest, pk: int) -> HttpResponse:
    """The list of voices: who has one, who has answered, who may still be reached; giving voices."""
    row = found(request.viewer, pk)
    form = InviteForm(posted(request), occasions=occasions(request.viewer))
    added: list[int] = []

    def save() -> None:
        added.append(services.invite(viewer=request.viewer, pk=pk, occasion=form.cleaned_data["occasion"]))

    if request.method == "POST" and attempt(form, save):
        if is_open(row):
            services.send_links(row=row)
        text = ngettext("%(n)s nouvelle voix.", "%(n)s nouvelles voix.", added[0]) % {"n": added[0]}
        toasts.done(request, text)
        return redirect(request, url_of(request, "prioritisation_voices", pk=pk))
    voices = voices_of(row)
    context = {
        "row": row,
        "tabs": tabs_of(request.viewer, row, "voices"),
        "form": form,
        "voices": voices,
        "turnout": turnouts([row.pk]).get(row.pk),
        "is_open": is_open(row),
        "families": list(FAMILY_LABELS.items()),
        "readable": {one.pk for one in voices if one.saved_at and may_read_ballot(request.viewer, row, one)},
        "preparing": row.state == PrioritisationState.PREPARING,
    }
    return render(request, "decisions/prioritisation_voices.html", context, status=422 if form.errors else 200)


@in_space("prioritisation.prepare")
@require_POST
def prioritisation_remind(request: SpaceRequest, pk: int) -> HttpResponse:
    """Write now to those who have not answered."""
    found(request.viewer, pk)
    sent = services.remind(viewer=request.viewer, pk=pk)
    text = ngettext("%(n)s rappel part.", "%(n)s rappels partent.", sent) % {"n": sent}
    toasts.done(request, text if sent else _("Personne à relancer : chacun a été écrit aujourd’hui ou a répondu."))
    return redirect(request, url_of(request, "prioritisation_voices", pk=pk))


@in_space("prioritisation.prepare")
@require_http_methods(["GET", "POST"])
def prioritisation_voice(request: SpaceRequest, pk: int, voice_id: int) -> HttpResponse:
    """One voice: its family, the people who may give it, taking it off the list."""
    viewer = request.viewer
    row, voice = found(viewer, pk), services.voice_of(viewer, pk, voice_id)
    what = request.POST.get("quoi", "")
    family = FamilyForm(request.POST if what == "famille" else None, initial={"family": voice.family})
    address = AddressForm(request.POST if what == "adresse" else None)
    back = url_of(request, "prioritisation_voices", pk=pk)
    if what == "retirer":
        services.remove_voice(viewer=viewer, pk=pk, voice_id=voice_id)
        toasts.done(request, _("Cette voix n’est plus sur la liste."))
        return redirect(request, back)
    if what == "famille" and attempt(
        family,
        lambda: services.set_family(viewer=viewer, pk=pk, voice_id=voice_id, family=family.cleaned_data["family"]),
    ):
        toasts.done(request, _("La famille est corrigée."))
        return redirect(request, back)
    if what == "adresse" and attempt(
        address, lambda: services.add_address(viewer=viewer, pk=pk, voice_id=voice_id, **address.cleaned_data)
    ):
        toasts.done(request, _("Cette personne peut répondre pour %(voice)s.") % {"voice": voice})
        return redirect(request, back)
    context = {
        "row": row, "voice": voice, "family": family, "address": address,
        "invitees": list(voice.invitees.order_by("pk")),
        "preparing": row.state == PrioritisationState.PREPARING,
        "closed": row.state == PrioritisationState.CLOSED,
    }  # fmt: skip
    status = 422 if family.errors or address.errors else 200
    return render(request, "decisions/prioritisation_voice.html", context, status=status)
