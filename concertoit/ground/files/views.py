"""Bytes out through the policy of the object they hang on; files added and retired from the pages of any room."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.files import policies, queries, services
from concertoit.ground.files.models import Attachment
from concertoit.ground.ui.toasts import done


@require_safe
def download(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The file, to save, for who may read its object. A visitor who may not is sent to the login page."""
    found = queries.find(uid)
    readable = found is not None and policies.can_read(request.user, found.object_type, found.object_id)
    if found is None or found.retired_at or not readable:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise NotVisible("")
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response.headers["Content-Type"] = found.media_type
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that asked, when it is one of ours."""
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(url if safe else "/")


@login_required
@require_POST
def add(request: HttpRequest, object_type: str, object_id: str) -> HttpResponse:
    """Attach the files of the form (field ``fichier``, one or several) and go back to the page (field ``next``)."""
    policies.must_write(request.user, object_type, object_id)
    space_id = policies.space_of(object_type, object_id)
    uploads = request.FILES.getlist("fichier")
    if not uploads:
        messages.error(request, _("Choisissez un fichier."))
    for upload in uploads:
        try:
            attachment = services.attach(
                actor=request.user, upload=upload, object_type=object_type, object_id=object_id, space_id=space_id
            )
        except (NotAllowed, NotVisible):
            raise
        except DomainError as refusal:
            messages.error(request, f"{upload.name}\u00a0: {refusal}")
        else:
            done(request, _("« %(name)s » est joint.") % {"name": attachment.name})
    return _back(request)


def _attachment(user: Any, uid: uuid.UUID) -> Attachment:
    found = must_exist(queries.find(uid))
    policies.must_write(user, found.object_type, found.object_id)
    return found


@login_required
@require_POST
def retire(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take a file away; the toast brings it back."""
    attachment = _attachment(request.user, uid)
    services.retire(actor=request.user, attachment=attachment)
    undo = reverse("files:bring_back", kwargs={"uid": uid})
    done(request, _("« %(name)s » est retiré.") % {"name": attachment.name}, undo=undo)
    return _back(request)


@login_required
@require_POST
def bring_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Put a retired file back."""
    attachment = _attachment(request.user, uid)
    services.bring_back(actor=request.user, attachment=attachment)
    done(request, _("« %(name)s » est remis.") % {"name": attachment.name})
    return _back(request)
