"""Adopting a plan part by part: proposing it, its minor corrections, putting it in force, its acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from concertoit.ground.core.errors import NotVisible, must_exist
from concertoit.ground.core.media import JSON, PDF, WORD
from concertoit.ground.spaces.views.access import SpaceRequest, attempt, in_space, posted
from concertoit.ground.ui import toasts
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.together.decisions.enums import NOT_MINOR_LABELS
from concertoit.together.decisions.exports.adoption import acts_docx, acts_pdf
from concertoit.together.decisions.forms.adoption import InForceForm, MinorForm
from concertoit.together.decisions.forms.consent import SessionForm
from concertoit.together.decisions.models import Adoption
from concertoit.together.decisions.queries.adoption import (
    accepted_content,
    change_between,
    corrections_of,
    current_of,
    draft_to_adopt,
    open_adoption,
)
from concertoit.together.decisions.queries.consent import session_of
from concertoit.together.decisions.rules.adoption import difference, why_not_minor
from concertoit.together.decisions.rules.adoption_record import is_unchanged, read_record
from concertoit.together.decisions.services import adoption as services
from concertoit.together.decisions.services.adoption_corrections import correct
from concertoit.together.decisions.views.consent import address
from concertoit.together.decisions.views.consent_show import labels
from concertoit.together.plans.models import Plan
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.queries.items import plan_of
from concertoit.together.plans.rules.diff import PlanDiff
from concertoit.together.plans.rules.snapshot import read_canonical
from concertoit.together.plans.views.plan import NoPlan, teaches_first_steps
from concertoit.together.plans.views.show_diff import show


def needed_plan(request: SpaceRequest) -> Plan:
    """The démarche's plan. Raises ``NoPlan`` before there is one."""
    plan = plan_of(request.viewer.space)
    if plan is None:
        raise NoPlan("")
    return plan


def adoption_of(request: SpaceRequest, adoption_id: int) -> Adoption:
    """An adoption of the démarche. Raises ``NotVisible``."""
    rows = Adoption.objects.filter(space=request.viewer.space, pk=adoption_id)
    return must_exist(rows.select_related("session__space", "session__body", "plan", "version").first())


@in_space("adoption.run")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def adoption_new(request: SpaceRequest) -> HttpResponse:
    """Propose the draft to adoption."""
    plan = needed_plan(request)
    draft = draft_to_adopt(plan)
    known = open_adoption(request.viewer)
    if known is not None:
        return redirect(request, address(request, "consent_session", session_id=known.session_id))
    title = _("Adoption du %(plan)s") % {"plan": plan.title[:1].lower() + plan.title[1:]}
    form = SessionForm(posted(request), space=request.viewer.space, initial={"title": title})
    made: list[Adoption] = []

    def act() -> None:
        made.append(services.propose_adoption(viewer=request.viewer, plan=plan, facts=form.facts(), keys=form.keys()))

    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("L’ébauche est proposée : un axe à la fois, puis le budget, puis le fiduciaire."))
        return redirect(request, address(request, "consent_session", session_id=made[0].session_id))
    context = {"form": form, "plan": plan, "draft": draft}
    return render(request, "decisions/adoption_new.html", context, status=422 if form.errors else 200)


@in_space("adoption.run")
@require_POST
def adoption_parts(request: SpaceRequest, adoption_id: int) -> HttpResponse:
    """Propose the parts that the draft has gained."""
    added = services.add_new_parts(viewer=request.viewer, adoption_id=adoption_id)
    words = ngettext("%(num)d partie est ajoutée.", "%(num)d parties sont ajoutées.", added) % {"num": added}
    toasts.done(request, words)
    session = adoption_of(request, adoption_id).session_id
    return redirect(request, address(request, "consent_session", session_id=session))


@in_space("adoption.run")
@require_POST
def adoption_abandon(request: SpaceRequest, adoption_id: int) -> HttpResponse:
    """Stop an adoption."""
    services.abandon(viewer=request.viewer, adoption_id=adoption_id)
    toasts.done(request, _("L’adoption est abandonnée; ce qui a été dit reste lisible."))
    session = adoption_of(request, adoption_id).session_id
    return redirect(request, address(request, "consent_session", session_id=session))


@in_space("adoption.run")
@require_http_methods(["GET", "POST"])
def adoption_minor(request: SpaceRequest, round_id: int) -> HttpResponse:
    """A part that changed after its adoption: the difference, and noting it as minor when it is."""
    adoption, line = services.line_of(request.viewer, round_id)
    form = MinorForm(posted(request), space=request.viewer.space)

    def act() -> None:
        services.note_minor(viewer=request.viewer, round_id=round_id, minor=form.minor())

    back = address(request, "consent_session", session_id=adoption.session_id)
    if request.method == "POST" and attempt(form, act):
        toasts.done(request, _("La correction mineure est notée; la partie reste adoptée."))
        return redirect(request, back)
    after = line.part.text if line.part else ""
    diff = change_between(accepted_content(line), after) or PlanDiff()
    context = {
        "form": form,
        "line": line,
        "round": line.view.round,
        "diff": show(diff),
        "reasons": _reasons(diff),
        "back": back,
        **labels(),
    }
    return render(request, "decisions/adoption_minor.html", context, status=422 if form.errors else 200)


def _reasons(diff: PlanDiff) -> list[tuple[str, Any]]:
    return [
        (f"{change.node.written or change.node.canonical} {change.node.title}".strip(), NOT_MINOR_LABELS[why])
        for change, why in why_not_minor(diff)
    ]


@in_space("adoption.run")
@require_http_methods(["GET", "POST"])
def adoption_adopt(request: SpaceRequest, adoption_id: int) -> HttpResponse:
    """Put the draft in force once all is adopted."""
    adoption = adoption_of(request, adoption_id)
    session = session_of(request.viewer, adoption.session_id)
    form = InForceForm(posted(request), initial={"adopted_on": adoption.session.held_on})

    def act() -> None:
        services.adopt(viewer=request.viewer, adoption_id=adoption_id, **form.cleaned_data)

    if request.method == "POST" and attempt(form, act):
        messages.success(request, _("Le plan est adopté : la version et les actes sont figés."))
        return redirect(request, address(request, "adoption_record", adoption_id=adoption_id))
    context = {
        "form": form,
        "adoption": adoption,
        "session": session,
        "progress": services.standing(request.viewer, adoption),
        **labels(),
    }
    return render(request, "decisions/adoption_adopt.html", context, status=422 if form.errors else 200)


@in_space("consent.view")
def adoption_record(request: SpaceRequest, adoption_id: int) -> HttpResponse:
    """The acts of an adoption, read from their frozen text, with proof that it did not change."""
    adoption = adoption_of(request, adoption_id)
    if not adoption.record:
        raise NotVisible("")
    context = {
        "adoption": adoption,
        "acts": read_record(adoption.record),
        "unchanged": is_unchanged(adoption.record, adoption.sha256),
        **labels(),
    }
    return render(request, "decisions/adoption_record.html", context)


@in_space("consent.view")
def adoption_file(request: SpaceRequest, adoption_id: int, extension: str) -> HttpResponse:
    """The acts as a file: the frozen text byte for byte, or a document made from it."""
    adoption = adoption_of(request, adoption_id)
    if not adoption.record or extension not in ("json", "docx", "pdf"):
        raise NotVisible("")
    if extension == "json":
        body, kind = adoption.record.encode(), JSON
    else:
        acts, moment = read_record(adoption.record), adoption.frozen_at or timezone.now()
        body = (acts_docx if extension == "docx" else acts_pdf)(acts, adoption.sha256, moment)
        kind = WORD if extension == "docx" else PDF
    name = f"{request.viewer.space.slug}-adoption-v{adoption.version_number}.{extension}"
    return attachment(body, kind, name)


@in_space("adoption.run")
@require_http_methods(["GET", "POST"])
@teaches_first_steps
def adoption_corrections(request: SpaceRequest) -> HttpResponse:
    """Minor corrections after the adoption: what the draft corrects, and putting it in force."""
    plan = needed_plan(request)
    current, draft = current_of(plan), draft_to_adopt(plan)
    form = MinorForm(posted(request), space=request.viewer.space)

    def act() -> None:
        correct(viewer=request.viewer, plan=plan, minor=form.minor())

    if request.method == "POST" and attempt(form, act):
        messages.success(request, _("La version corrigée est en vigueur; la version adoptée reste figée, inchangée."))
        return redirect(request, address(request, "adoption_corrections"))
    diff = PlanDiff()
    if current and current.snapshot and draft and draft.based_on_id == current.pk:
        diff = difference(read_canonical(current.snapshot), document_of(draft))
    context = {
        "plan": plan,
        "current": current,
        "draft": draft,
        "form": form,
        "diff": show(diff),
        "reasons": _reasons(diff),
        "corrections": corrections_of(plan),
    }
    return render(request, "decisions/adoption_corrections.html", context, status=422 if form.errors else 200)
