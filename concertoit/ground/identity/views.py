"""Pages of one's own account that allauth does not have."""

from typing import cast

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.identity import queries, services
from concertoit.ground.identity.adapters import remember_language
from concertoit.ground.identity.forms import ProfileForm
from concertoit.ground.identity.models import User
from concertoit.ground.privacy import queries as privacy
from concertoit.ground.privacy.policies import purpose_of
from concertoit.ground.privacy.rules import years_and_months
from concertoit.ground.privacy.services import agree, withdraw_consent
from concertoit.ground.ui import navigation
from concertoit.ground.ui.pages import redirect, render


def logout(request: HttpRequest) -> HttpResponse:
    """Log out, and have the browser forget what it kept of this site's pages and files.

    Not its storage: what was typed without network waits there for its author (docs/dev/offline.md).
    """
    response: HttpResponse = account.logout(request)
    if request.method == "POST" and not request.user.is_authenticated:
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """My name, my language."""
    user = cast(User, request.user)
    form = ProfileForm(
        request.POST if request.method == "POST" else None, initial={"name": user.name, "language": user.language}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.save_profile(user=user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            with override(user.language):
                messages.success(request, _("Profil enregistré."))
            response = redirect(request, reverse("identity:profile"))
            remember_language(response, user.language)
            return response
    return render(request, "identity/profile.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """The devices where my account is open; POST closes all but this one, or the one named."""
    user = cast(User, request.user)
    found = queries.open_sessions(user)
    here = request.session.session_key
    if request.method == "POST":
        named = request.POST.get("session")
        others = [row for row in found if row.session_key != here and named in (None, str(row.pk))]
        count = services.end_sessions(user=user, sessions=others)
        messages.success(
            request,
            ngettext("%(count)d appareil déconnecté.", "%(count)d appareils déconnectés.", count) % {"count": count},
        )
        return redirect(request, reverse("identity:sessions"))
    return render(request, "identity/sessions.html", {"sessions": found, "here": here})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """What I agree to that rests on my consent, since when; POST gives or withdraws one."""
    user = cast(User, request.user)
    if request.method == "POST":
        _change_consent(request, user)
        return redirect(request, reverse("identity:consents"))
    person_id = user.person_id or 0
    context = {
        "asked": privacy.asked_of(person_id) if person_id else [],
        "consents": privacy.consents_of(person_id),
        "names": {space.pk: str(space) for space in navigation.spaces_of(user)},
        "purpose_of": purpose_of,
        "years_and_months": years_and_months,
    }
    return render(request, "identity/consents.html", context)


def _change_consent(request: HttpRequest, user: User) -> None:
    """Give or withdraw a consent of one's own. Raises ``NotVisible`` for a purpose that asks for none."""
    person_id = user.person_id or 0
    asked = privacy.asked_of(person_id) if person_id else []
    mine = {one.purpose.code for one in asked if one.asked_here}
    given = {(one.purpose, one.space_id) for one in privacy.consents_of(person_id)}
    wanted = request.POST.get("donner", "")
    if wanted in mine:
        agree(actor=user, person_id=person_id, purpose=wanted)
        messages.success(request, _("Votre consentement est noté. Vous pouvez le retirer ici en tout temps."))
        return
    purpose, _at, space = request.POST.get("retirer", "").partition("@")
    space_id = read_id(space)
    if (purpose, space_id) not in given and (purpose not in mine or space_id):
        raise NotVisible("")
    withdraw_consent(actor=user, person_id=person_id, purpose=purpose, space_id=space_id)
    messages.success(
        request, _("Votre consentement est retiré; ce qui était gardé pour cette seule raison est effacé.")
    )
