"""The grid of a case: the grade and what it rests on, one filled grid, two of them compared, what people decide."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.field.cases import policies
from concertoit.field.cases.enums.grid import TURN_LABELS, TURN_LOOKS, Need, Observed, Vulnerability
from concertoit.field.cases.forms.grid import DecisionForm, NeedForm, SetAsideForm
from concertoit.field.cases.models import Case, Observation, Sheet
from concertoit.field.cases.queries import observations as read
from concertoit.field.cases.queries.grids import read as read_version
from concertoit.field.cases.rules.grid_compare import Look, Turn, turn
from concertoit.field.cases.services import grading, observing
from concertoit.field.cases.views.grid_shown import (
    STATE_TONES,
    grade_shown,
    level_tag,
    points_shown,
    said,
    status_tag,
)
from concertoit.field.cases.views.pages import address, form_page
from concertoit.field.cases.views.sections import Section
from concertoit.ground.core.errors import NotAllowed, NotVisible, must_exist
from concertoit.ground.files.queries import attachments_of
from concertoit.ground.identity.models import Organisation
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done


@in_space("cases.view")
def grid(request: SpaceRequest, reference: str) -> HttpResponse:
    """What was observed, by whom, where people differ, and the grade that comes of it."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    case.space = viewer.space  # already read
    inside = policies.may_read_observations(viewer, case)
    found = read.read_case(case, household=inside)
    held = policies.observes_as(viewer, case)
    photos = attachments_of(observing.PHOTOS, [one.pk for one in found.rows]) if inside else {}
    decisions = read.decisions_of(case)
    context = {
        "case": case,
        "shown": grade_shown(found),
        "inside": inside,
        "fills": bool(held),
        "board": points_shown(found, photos) if inside else {},
        "titles": {one.code: one.title for one in found.grid.document.dimensions},
        "sheets": found.sheets if inside else [],
        "voice": read.voice_label,
        "history": [(one, level_tag(one.level)) for one in reversed(found.history)] if inside else [],
        "confirms": grading.may_confirm(held, found),
        "decides": _may_decide(viewer, case),
        "decisions": decisions,
        "documents": attachments_of(grading.DECISIONS, [one.pk for one in decisions]) if inside else {},
        "sees_support": policies.may_see_support(viewer, case),
        "lead": policies.is_lead(viewer),
    }
    return render(request, "cases/grid_case.html", context)


def _may_decide(viewer: Viewer, case: Case) -> bool:
    return policies.is_team(viewer) or policies.has_accepted(viewer, case)


def section_of(viewer: Viewer, case: Case) -> Section | None:
    """The grid on the page of a case."""
    inside = policies.may_read_observations(viewer, case)
    found = read.summary_of(case, household=inside)
    level = found.level
    sees_support = policies.may_see_support(viewer, case)
    context = {
        "case": case, "slug": viewer.space.slug, "found": found, "tag": level_tag(level), "level": level,
        "status": status_tag(found.status), "inside": inside, "voice": read.voice_label,
        "building": level_tag(found.record.building) if found.record else None,
        "fills": bool(policies.observes_as(viewer, case)), "decisions": read.decisions_of(case),
        "need": read.current_need(case) if sees_support else None, "sees_support": sees_support,
        "needs": dict(Need.choices),
    }  # fmt: skip
    note = str(level_tag(level)["text"])
    return Section("grille", _("Grille d’observation"), "cases/grid_section.html", context, order=30, note=note)


@in_space("cases.view")
def sheet(request: SpaceRequest, reference: str, sheet_id: int) -> HttpResponse:
    """One filled grid, to read and to print."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    policies.must_read_observations(viewer, case)
    row = read.get_sheet(case, sheet_id)
    rows = list(
        Observation.objects.filter(sheet=row).select_related("item__dimension", "sheet__author", "sheet__organisation")
        .order_by("item__position", "item_id")
    )  # fmt: skip
    photos = attachments_of(observing.PHOTOS, [one.pk for one in rows])
    by_code = {one.code: said(one, photos) for one in rows}
    whole = read_version(row.version)
    context = {
        "case": case, "sheet": row, "voice": read.voice_label(row), "by_code": by_code, "grid": whole,
        "checked": sum(one.state in ("0", "1", "2", "3") for one in rows), "of": len(whole.items),
        "mine": row.author_id == viewer.user.pk, "others": [one for one in read.sheets_of(case) if one.pk != row.pk],
    }  # fmt: skip
    return render(request, "cases/grid_sheet.html", context)


@in_space("cases.view")
def compare(request: SpaceRequest, reference: str) -> HttpResponse:
    """Two filled grids, point by point: better, same, worse, new."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    policies.must_read_observations(viewer, case)
    sheets = read.sheets_of(case)
    before, after = _chosen(sheets, request.GET.get("avant", ""), request.GET.get("apres", ""))
    context: dict[str, Any] = {
        "case": case, "sheets": sheets, "voice": read.voice_label, "before": before, "after": after, "lines": [],
        "labels": {code.value: label for code, label in TURN_LABELS.items()},
        "looks": {code.value: look for code, look in TURN_LOOKS.items()},
    }  # fmt: skip
    if before and after:
        lines = _lines(before, after)
        context["lines"] = lines
        context["counts"] = {kind.value: sum(one["turn"] == kind for one in lines) for kind in Turn}
    return render(request, "cases/grid_compare.html", context)


def _chosen(sheets: list[Sheet], before: str, after: str) -> tuple[Sheet | None, Sheet | None]:
    """The two sheets of the address; by default the first and the last of the same voice, else the first and last."""
    by_id = {str(one.pk): one for one in sheets}
    if (before and before not in by_id) or (after and after not in by_id):
        raise NotVisible("")
    if before and after:
        return by_id[before], by_id[after]
    if len(sheets) < 2:
        return None, None
    last = by_id.get(after, sheets[-1])
    same = [one for one in sheets if one.pk != last.pk and read.voice_of(one) == read.voice_of(last)]
    others = [one for one in sheets if one.pk != last.pk]
    return by_id.get(before, (same or others)[0]), last


def _lines(before: Sheet, after: Sheet) -> list[dict[str, Any]]:
    rows = Observation.objects.filter(sheet__in=[before, after]).select_related(
        "item__dimension", "sheet__author", "sheet__organisation"
    )
    found: dict[str, dict[int, Observation]] = {}
    for one in rows.order_by("item__position", "item_id"):
        found.setdefault(one.code, {})[one.sheet_id] = one
    lines = []
    for sides in found.values():
        had, has = sides.get(before.pk), sides.get(after.pk)
        shown = has or next(iter(sides.values()))
        lines.append(
            {
                "item": shown.item, "turn": turn(_look(had), _look(has)), "before": _state(had), "after": _state(has),
                "tones": (STATE_TONES[had.state if had else "nv"], STATE_TONES[has.state if has else "nv"]),
            }
        )  # fmt: skip
    order = [Turn.NEW, Turn.WORSE, Turn.SAME, Turn.BETTER, Turn.GONE, Turn.UNKNOWN]
    return sorted(lines, key=lambda one: order.index(one["turn"]))


def _look(one: Observation | None) -> Look:
    return Look(one.state, one.danger, one.extent == "several") if one else Look()


def _state(one: Observation | None) -> str:
    return str(Observed(one.state).label) if one else str(Observed.UNCHECKED.label)


@require_POST
@in_space("cases.view")
def finish(request: SpaceRequest, reference: str, sheet_id: int) -> HttpResponse:
    """The author says that a filled grid is whole."""
    case = policies.get_case(request.viewer, reference)
    policies.must_read_observations(request.viewer, case)
    observing.finish(viewer=request.viewer, sheet=read.get_sheet(case, sheet_id))
    done(request, _("La grille est terminée : elle ne change plus."))
    return redirect(request, address(request, "grid", reference=reference))


@require_POST
@in_space("cases.view")
def confirm(request: SpaceRequest, reference: str) -> HttpResponse:
    """The holder of the mandate confirms the grade."""
    case = policies.get_case(request.viewer, reference)
    grading.confirm(viewer=request.viewer, case=case)
    done(request, _("La cote est confirmée."))
    return redirect(request, address(request, "grid", reference=reference))


@in_space("cases.lead")
def set_aside(request: SpaceRequest, reference: str, observation_id: int) -> HttpResponse:
    """Leave an observation out of the grade, with a reason, or take it back in."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    row = must_exist(read.observations_of(case).filter(pk=observation_id).first())
    back = address(request, "grid", reference=reference)
    if request.method == "POST" and "reprendre" in request.POST:
        observing.set_aside(viewer=viewer, case=case, observation_id=row.pk, why="")
        done(request, _("L’observation compte de nouveau."))
        return redirect(request, back)
    form = SetAsideForm(posted(request))

    def save() -> None:
        observing.set_aside(viewer=viewer, case=case, observation_id=observation_id, why=form.cleaned_data["why"])

    return form_page(
        request, form, save, title=_("Écarter une observation"), back=back, submit=_("Écarter"),
        lead=f"{row.item.label} · {read.voice_label(row.sheet)}", said=_("L’observation est écartée de la cote."),
    )  # fmt: skip


@in_space("cases.view")
def decision(request: SpaceRequest, reference: str) -> HttpResponse:
    """Write down what an authority decided."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    if not _may_decide(viewer, case):
        raise NotAllowed("")
    known = Organisation.objects.filter(kind__in=("municipality", "mrc", "health_network", "ministry", "other"))
    mine = Organisation.objects.filter(pk__in=viewer.organisation_ids)
    authorities = (known if policies.is_team(viewer) else mine).filter(merged_into=None).order_by("name")
    form = DecisionForm(posted(request), request.FILES or None, authorities=authorities)

    def save() -> None:
        grading.record_decision(viewer=viewer, case=case, **form.cleaned_data)

    return form_page(
        request, form, save, title=_("Décision d’une autorité"), back=address(request, "grid", reference=reference),
        lead=_("La grille ne conclut jamais en droit. Inscrivez ici ce qu’une autorité a décidé, dans ses mots."),
    )  # fmt: skip


@in_space("cases.view")
def need(request: SpaceRequest, reference: str) -> HttpResponse:
    """What the household says of itself, apart from the building, for those who accompany it."""
    viewer, case = request.viewer, policies.get_case(request.viewer, reference)
    policies.must_see_support(viewer, case)
    rows = read.needs_of(case)
    last = rows[0] if rows else None
    initial = {"vulnerabilities": last.vulnerabilities, "need": last.need} if last else {}
    form = NeedForm(posted(request), initial=initial)
    back = reverse("cases:case", kwargs={"slug": viewer.space.slug, "reference": reference})
    if request.method == "POST" and form.is_valid():
        grading.tell_need(viewer=viewer, case=case, **form.cleaned_data)
        done(request, _("C’est noté. La cote du bâti n’en dépend pas."))
        return redirect(request, back)
    context = {
        "case": case, "form": form, "rows": rows, "back": back, "needs": dict(Need.choices),
        "words": dict(Vulnerability.choices),
    }  # fmt: skip
    return render(request, "cases/grid_need.html", context, status=422 if form.errors else 200)
