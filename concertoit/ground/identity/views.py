"""Pages of one's own account that allauth does not have."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity import queries, services
from concertoit.ground.identity.adapters import remember_language
from concertoit.ground.identity.forms import ProfileForm
from concertoit.ground.identity.models import User
from concertoit.ground.ui.pages import redirect, render


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
