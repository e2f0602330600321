"""Conversations of a case: with partners who accepted, and with the household (I5)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases.enums.support import Audience
from concertoit.field.cases.forms.support import MessageForm
from concertoit.field.cases.models import Case
from concertoit.field.cases.policies import get_case, may_read_thread, must_read_thread
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.services import messages as services
from concertoit.field.cases.views.pages import address
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


def _case(request: SpaceRequest, reference: str, audience: str) -> Case:
    case = get_case(request.viewer, reference)
    if audience not in Audience.values:
        raise NotVisible("")
    must_read_thread(request.viewer, case, audience)
    return case


@in_space("cases.view")
def messages(request: SpaceRequest, reference: str, audience: str) -> HttpResponse:
    """Read a conversation and answer it."""
    viewer = request.viewer
    case = _case(request, reference, audience)
    form = MessageForm(posted(request))
    if request.method == "POST" and attempt(
        form,
        lambda: services.write(viewer=viewer, case=case, audience=audience, body=form.cleaned_data["body"]),
    ):
        done(request, _("Le message est envoyé."))
        return redirect(request, address(request, "messages", reference=reference, audience=audience) + "#dernier")
    context = {
        "case": case, "thread": queries.thread_of(case, audience, viewer), "form": form,
        "audience": Audience(audience), "mine": viewer.membership_ids,
        "others": [one for one in Audience if one != audience and may_read_thread(viewer, case, one)],
    }  # fmt: skip
    return render(request, "cases/support_messages.html", context, status=422 if form.errors else 200)


@in_space("cases.view")
@require_POST
def messages_read(request: SpaceRequest, reference: str, audience: str) -> HttpResponse:
    """Say that the conversation was read."""
    case = _case(request, reference, audience)
    services.mark_read(viewer=request.viewer, case=case, audience=audience)
    done(request, _("Marqué comme lu."))
    return redirect(request, address(request, "messages", reference=reference, audience=audience))
