"""Filing: the funder's form from the data, and the filings made, frozen."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.core.media import PDF, WORD
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.insight.reporting.exports import FormMeta, funder_form_docx, funder_form_pdf
from concertoit.together.plans.forms.exchange import FilingForm
from concertoit.together.plans.models import Filing, PlanVersion
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.items import plan_of, version_for
from concertoit.together.plans.rules.document import PlanDocument
from concertoit.together.plans.rules.snapshot import read_canonical
from concertoit.together.plans.services.filing import file_plan, is_unchanged
from concertoit.together.plans.views.plan import no_plan_yet

FORMATS = {
    "docx": (WORD, funder_form_docx),
    "pdf": (PDF, funder_form_pdf),
}


def filing_for(request: SpaceRequest, filing_id: int) -> Filing:
    """A filing of the démarche. Raises ``NotVisible``."""
    return must_exist(
        Filing.objects.filter(space=request.viewer.space, pk=filing_id)
        .select_related("version__plan", "filed_by")
        .first()
    )


@in_space("plan.view")
def filings(request: SpaceRequest) -> HttpResponse:
    """Filings made, and the form as it would be filed today."""
    rows = Filing.objects.filter(space=request.viewer.space).select_related("version__plan").defer("snapshot")
    plan = plan_of(request.viewer.space)
    version = version_for(request.viewer, plan) if plan else None
    return render(request, "reporting/filings.html", {"filings": rows, "version": version})


@in_space("plan.view")
def filing(request: SpaceRequest, filing_id: int) -> HttpResponse:
    """One filing: what was filed, when, and proof that it did not change."""
    found = filing_for(request, filing_id)
    return render(request, "reporting/filing.html", {"filing": found, "unchanged": is_unchanged(found)})


@in_space("plan.view")
def filing_file(request: SpaceRequest, filing_id: int, extension: str) -> HttpResponse:
    """The form as filed, rendered from the frozen text."""
    found = filing_for(request, filing_id)
    if extension == "json":
        return attachment(found.snapshot.encode(), "application/json", f"depot-{found.filed_on}.json")
    return _form(
        request, extension, read_canonical(found.snapshot), found.version, filed_on=found.filed_on, sha256=found.sha256
    )


@in_space("plan.view")
def form_file(request: SpaceRequest, extension: str) -> HttpResponse:
    """The form as it would be filed today, from the version in force (or the draft when nothing is)."""
    plan = must_exist(plan_of(request.viewer.space))
    version = version_for(request.viewer, plan)
    document = document_of(version, with_participants=request.viewer.can("people.view"))
    return _form(request, extension, document, version)


def _form(
    request: SpaceRequest,
    extension: str,
    document: PlanDocument,
    version: PlanVersion,
    *,
    filed_on: date | None = None,
    sha256: str = "",
) -> HttpResponse:
    if extension not in FORMATS:
        raise NotVisible("")
    media_type, write = FORMATS[extension]
    space = request.viewer.space
    meta = FormMeta(
        space_name=space.name,
        version_label=str(version),
        adopted_on=version.adopted_on,
        filed_on=filed_on,
        sha256=sha256,
        funder_name=space.funder_name,
        generated_at=timezone.localtime(),
    )
    name = f"{space.slug}-formulaire-{filed_on or timezone.localdate()}.{extension}"
    return attachment(write(document, meta), media_type, name)


@in_space("plan.file")
@require_http_methods(["GET", "POST"])
def file_form(request: SpaceRequest) -> HttpResponse:
    """File a version."""
    if plan_of(request.viewer.space) is None:
        return no_plan_yet(request, _("Déposer le plan"))
    current = PlanVersion.objects.filter(space=request.viewer.space, state="current").order_by("-plan_id").first()
    initial: dict[str, Any] = {"recipient": request.viewer.space.funder_name, "version": current}
    form = FilingForm(request.POST or None, initial=initial, space=request.viewer.space)
    if request.method == "POST" and form.is_valid():
        try:
            made = file_plan(viewer=request.viewer, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Le plan est déposé; ce qui a été déposé est figé."))
            address = reverse("reporting:filing", kwargs={"slug": request.viewer.space.slug, "filing_id": made.pk})
            return redirect(request, address)
    nothing = not PlanVersion.objects.filter(space=request.viewer.space).exclude(state="draft").exists()
    context = {"form": form, "nothing": nothing}
    return render(request, "reporting/file_form.html", context, status=422 if form.errors else 200)
