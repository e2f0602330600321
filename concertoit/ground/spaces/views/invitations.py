"""Inviting, and answering an invitation."""

from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.core import personal_links
from concertoit.ground.identity.adapters import remember_language
from concertoit.ground.identity.models import User
from concertoit.ground.spaces import queries, services
from concertoit.ground.spaces.forms import InvitationForm, NewAccountForm
from concertoit.ground.spaces.models import Invitation
from concertoit.ground.spaces.services.invitations import OPEN, state_of
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@in_space("people.manage")
def invitations(request: SpaceRequest) -> HttpResponse:
    """Invitations sent, and the form to send one."""
    here = reverse("spaces:invitations", kwargs={"slug": request.viewer.space.slug})
    initial = {"membership": request.GET.get("participation"), "organisation": request.GET.get("organisme")}
    form = InvitationForm(posted(request), viewer=request.viewer, initial=initial)
    if request.method == "POST" and attempt(form, lambda: services.invite(viewer=request.viewer, facts=form.facts())):
        done(request, _("Invitation envoyée à %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect(request, here)
    sent = [(row, state_of(row)) for row in queries.invitations_of(request.viewer)]
    context = {"form": form, "sent": sent, "tab": "invitations"}
    return render(request, "spaces/invitations.html", context, status=422 if form.errors else 200)


@require_POST
@in_space("people.manage")
def invitation_resend(request: SpaceRequest, invitation_id: int) -> HttpResponse:
    """Send a new link; the old one dies."""
    row = get_object_or_404(Invitation, pk=invitation_id, space=request.viewer.space)
    services.resend(viewer=request.viewer, invitation=row)
    done(request, _("Nouveau lien envoyé. L’ancien ne sert plus."))
    return redirect(request, reverse("spaces:invitations", kwargs={"slug": request.viewer.space.slug}))


@require_POST
@in_space("people.manage")
def invitation_withdraw(request: SpaceRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    row = get_object_or_404(Invitation, pk=invitation_id, space=request.viewer.space)
    services.withdraw(viewer=request.viewer, invitation=row)
    done(request, _("Invitation retirée."))
    return redirect(request, reverse("spaces:invitations", kwargs={"slug": request.viewer.space.slug}))


@personal_link
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the personal link: open an account, or come in with the one that is logged in."""
    row = Invitation.objects.select_related("space", "invited_by", "organisation", "membership__person").filter(
        token_digest=personal_links.digest_of(token)
    ).first()  # fmt: skip
    state = state_of(row) if row else "unknown"
    if row is None or state != OPEN:
        context = {"state": state, "invitation": row}
        return render(request, "spaces/invitation_closed.html", context, status=404 if row is None else 410)
    if request.user.is_authenticated:
        return _with_account(request, row)
    if User.objects.filter(email__iexact=row.email).exists():
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return render(request, "spaces/invitation.html", {"invitation": row, "form": None, "known": True})
    return _new_account(request, row)


def _with_account(request: HttpRequest, row: Invitation) -> HttpResponse:
    if request.method == "POST":
        services.accept_with_account(invitation=row, user=request.user)  # type: ignore[arg-type]
        return _welcome(request, row)
    return render(request, "spaces/invitation.html", {"invitation": row, "form": None, "known": False})


def _new_account(request: HttpRequest, row: Invitation) -> HttpResponse:
    known = row.membership.person if row.membership else None
    initial = {"language": get_language()}
    if known:
        initial |= {"given_name": known.given_name, "family_name": known.family_name}
    form = NewAccountForm(posted(request), initial=initial)
    opened: list[User] = []

    def act() -> None:
        values = form.cleaned_data
        opened.append(
            services.open_account_from(
                invitation=row,
                given_name=values["given_name"],
                family_name=values["family_name"],
                password=values["password1"],
                language=values["language"],
            )
        )

    if request.method == "POST" and attempt(form, act):
        login(request, opened[0], backend=BACKEND)
        response = _welcome(request, row)
        remember_language(response, opened[0].language)
        return response
    context = {"invitation": row, "form": form, "known": False}
    return render(request, "spaces/invitation.html", context, status=422 if form.errors else 200)


def _welcome(request: HttpRequest, row: Invitation) -> HttpResponse:
    done(request, _("Bienvenue dans la démarche « %(name)s ».") % {"name": row.space.name})
    return redirect(request, reverse("spaces:home", kwargs={"slug": row.space.slug}))
