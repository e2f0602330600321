"""The list of notices and how each person wants to be told."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertoit.ground.notifications import queries, services
from concertoit.ground.notifications.enums import Rhythm
from concertoit.ground.notifications.forms import PreferencesForm
from concertoit.ground.notifications.notifications import read_token
from concertoit.ground.notifications.verbs import kind_of, kinds
from concertoit.ground.ui import navigation
from concertoit.ground.ui.pages import render, render_page
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done

PER_PAGE = 30


def _named(spaces: list[Any], slug: str) -> Any:
    """The démarche with this address, among those of the person."""
    return next((space for space in spaces if slug and space.slug == slug), None)


def _back(request: HttpRequest) -> HttpResponse:
    """Back to the list as it was filtered."""
    kept = {key: request.POST[key] for key in ("demarche", "etat") if request.POST.get(key)}
    return HttpResponseRedirect(f"{reverse('notifications:inbox')}{'?' if kept else ''}{urlencode(kept)}")


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What a person was told, the newest first."""
    spaces = navigation.spaces_of(request.user)
    space = _named(spaces, request.GET.get("demarche", ""))
    only_unread = request.GET.get("etat") == "non-lus"
    notices = queries.inbox(request.user, space_id=space.pk if space else None, only_unread=only_unread)
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "current_space": space,
        "only_unread": only_unread,
        "names": {space.pk: str(space) for space in spaces},
        "labels": {kind.code: kind.label for kind in kinds()},
    }
    return render_page(request, "notifications/inbox.html", context, fragments={"avis": "list"})


@login_required
@require_safe
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go to what a notice is about; it is read."""
    notice = services.mark_read(user=request.user, notice_id=notice_id)
    safe = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(notice.url if safe else reverse("notifications:inbox"))


@login_required
@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Note that a notice is read, or keep it for later."""
    if request.POST.get("lu") == "0":
        services.mark_unread(user=request.user, notice_id=notice_id)
    else:
        services.mark_read(user=request.user, notice_id=notice_id)
    return _back(request)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that everything is read."""
    space = _named(navigation.spaces_of(request.user), request.POST.get("demarche", ""))
    services.mark_all_read(user=request.user, space_id=space.pk if space else None)
    return _back(request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How a person wants to be told, kind by kind."""
    form = PreferencesForm(
        request.POST or None,
        preferences=queries.preferences(request.user),
        spaces=queries.space_names(request.user),
    )
    if request.method == "POST" and form.is_valid():
        services.save_preferences(
            user=request.user,
            wishes=form.chosen(),
            rhythm=Rhythm(form.cleaned_data["rhythm"]),
            muted=form.cleaned_data["muted"],
        )
        done(request, _("Vos préférences sont enregistrées."))
        return HttpResponseRedirect(reverse("notifications:preferences"))
    status = 422 if form.is_bound else 200
    return render(request, "notifications/preferences.html", {"form": form}, status=status)


@personal_link
@csrf_exempt  # mail programs unsubscribe with one POST and no cookie (RFC 8058); the token says who
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of e-mail from the link in it, without an account at hand."""
    read = read_token(token)
    if read is None:
        raise Http404
    user_id, kind = read
    if request.method == "POST":
        services.unsubscribe(user_id=user_id, kind=kind)
    context = {"kind": kind_of(kind), "stopped": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
