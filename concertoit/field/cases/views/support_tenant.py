"""The household's side of accompaniment, behind its code: its conversation with the team, its steps, its rights (I5)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertoit.field.cases.enums.support import Audience
from concertoit.field.cases.forms.support import TenantMessageForm
from concertoit.field.cases.models import Case, Report
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.queries.codes import code_of
from concertoit.field.cases.queries.tenant_page import TenantSection
from concertoit.field.cases.services import messages as services
from concertoit.field.cases.views.intake_public import in_language
from concertoit.field.cases.views.tenant import address, opened
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.views.access import attempt, posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link
from concertoit.ground.ui.toasts import done


def section(report: Report) -> TenantSection | None:
    """On the page behind a code: messages, steps and what is good to know. Only for the household of the case."""
    case = queries.household_case(report)
    if case is None:
        return None
    thread = queries.thread_of(case, Audience.TENANT, None)
    steps = queries.steps_of(case)
    context = {
        "thread": thread, "last": thread.messages[-1] if thread.messages else None, "steps": steps,
        "cards": queries.cards_of(case, steps, None), "language": get_language() or "fr",
        "href": reverse("cases:tenant_messages", kwargs={"code": code_of(report.uid)}),
    }  # fmt: skip
    return TenantSection(
        "accompagnement", _("Parler à l’équipe, connaître vos droits"), "cases/support_tenant.html", context, 40
    )


@in_language
@personal_link
def tenant_messages(request: HttpRequest, code: str) -> HttpResponse:
    """Read what the team wrote and answer, without an account."""
    report = opened(request, code)
    case = must_exist(queries.household_case(report))
    if request.POST.get("quoi") == "lu":
        services.tenant_read(case=case)
        done(request, _("Merci : l’équipe sait que vous avez lu."))
        return redirect(request, _here(report))
    form = TenantMessageForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _send(case, form)):
        done(request, _("Votre message est envoyé à l’équipe."))
        return redirect(request, _here(report) + "#dernier")
    context = {
        "space": report.space, "thread": queries.thread_of(case, Audience.TENANT, None), "form": form,
        "back": address(report), "reference": case.reference,
    }  # fmt: skip
    return render(request, "cases/support_tenant_messages.html", context, status=422 if form.errors else 200)


def _send(case: Case, form: TenantMessageForm) -> None:
    services.write_from_tenant(case=case, body=form.cleaned_data["body"])


def _here(report: Report) -> str:
    return reverse("cases:tenant_messages", kwargs={"code": code_of(report.uid)})
