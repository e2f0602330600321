"""Versions: list, difference between two, putting in force, proof that a frozen one did not change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.core.media import JSON
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.forms.content import AdoptForm
from concertoit.together.plans.models import PlanVersion
from concertoit.together.plans.queries import lineage
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.items import chosen_version, frozen_texts
from concertoit.together.plans.rules.diff import PlanDiff, compare
from concertoit.together.plans.rules.document import PlanDocument
from concertoit.together.plans.rules.snapshot import read_canonical
from concertoit.together.plans.services import versions as services
from concertoit.together.plans.services.filing import is_unchanged
from concertoit.together.plans.views.drafting import draft_for
from concertoit.together.plans.views.plan import needed_plan, teaches_first_steps
from concertoit.together.plans.views.show_diff import show


def version_numbered(request: SpaceRequest, number: int) -> PlanVersion:
    """A version the viewer may see. Raises ``NotVisible``."""
    return chosen_version(needed_plan(request).others, number)


def contents_of(*versions: PlanVersion) -> list[PlanDocument]:
    """A frozen version is read from its frozen text, never rewound from the database."""
    texts = frozen_texts(versions)
    return [read_canonical(text) if (text := texts[one.pk]) else document_of(one) for one in versions]


@in_space("plan.view")
@teaches_first_steps
def versions(request: SpaceRequest) -> HttpResponse:
    """Every version of the plan that the viewer may see."""
    page = needed_plan(request)
    return render(request, "plans/versions.html", {"page": page, "versions": page.others, "plan": page.plan})


@in_space("plan.view")
@teaches_first_steps
def compare_versions(request: SpaceRequest) -> HttpResponse:
    """The difference between two versions, axis by axis."""
    page = needed_plan(request)
    numbers = [v.number for v in page.others]

    def chosen(name: str, default: int) -> int:
        return next((number for number in numbers if str(number) == request.GET.get(name, "")), default)

    after = chosen("a", numbers[0])
    before = chosen("de", next((n for n in numbers if n < after), numbers[-1]))
    old, new = chosen_version(page.others, before), chosen_version(page.others, after)
    diff: PlanDiff = compare(*contents_of(old, new))
    context = {
        "page": page, "versions": page.others, "old": old, "new": new,
        "diff": show(diff, lineage.notes(request.viewer, old, new)),
    }  # fmt: skip
    return render(request, "plans/compare.html", context)


@in_space("plan.view")
def version(request: SpaceRequest, number: int) -> HttpResponse:
    """One version: its state, its hash, and whether its text still has that hash."""
    found = version_numbered(request, number)
    context = {"version": found, "unchanged": is_unchanged(found) if found.is_frozen else None}
    return render(request, "plans/version.html", context)


@in_space("plan.view")
def snapshot(request: SpaceRequest, number: int) -> HttpResponse:
    """The canonical text of a frozen version, byte for byte, for whoever wants to verify its hash."""
    found = version_numbered(request, number)
    if not found.snapshot:
        raise NotVisible("")
    return attachment(found.snapshot.encode(), JSON, f"{request.viewer.space.slug}-v{number}.json")


@in_space("plan.freeze")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def adopt(request: SpaceRequest) -> HttpResponse:
    """Put the draft in force."""
    draft = draft_for(request)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.put_in_force(viewer=request.viewer, version=draft, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("La version %(n)s est en vigueur et figée.") % {"n": draft.number})
            return redirect(request, _plan_url(request))
    current = PlanVersion.objects.filter(plan=draft.plan, state=VersionState.CURRENT).first()
    diff = show(compare(contents_of(current)[0], document_of(draft))) if current else None
    context: dict[str, Any] = {"form": form, "version": draft, "current": current, "diff": diff}
    return render(request, "plans/adopt.html", context, status=422 if form.errors else 200)


@in_space("plan.edit")
@require_POST
def abandon(request: SpaceRequest) -> HttpResponse:
    """Throw the draft away; the name of the plan is asked first."""
    draft = draft_for(request)
    if request.POST.get("titre", "").strip() != draft.plan.title.strip():
        raise DomainError(_("Pour abandonner l’ébauche, écrivez le titre du plan tel qu’il est."))
    services.abandon_draft(viewer=request.viewer, version=draft)
    messages.success(request, _("L’ébauche est abandonnée."))
    return redirect(request, _plan_url(request))


def _plan_url(request: HttpRequest) -> str:
    return reverse("plans:plan", kwargs={"slug": request.viewer.space.slug})  # type: ignore[attr-defined]
