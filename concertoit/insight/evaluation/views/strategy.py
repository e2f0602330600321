"""The change strategy: whole, one change, and each act on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concertoit.ground.audit.queries import history_url
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import addresses_in, attempt, posted
from concertoit.ground.spaces.views.one_form import form_page
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.toasts import done
from concertoit.insight.evaluation.enums import ChangeKind
from concertoit.insight.evaluation.forms import (
    AxisForm,
    ChangeForm,
    PasteForm,
    ReadingForm,
    RetireForm,
    SignForm,
    ValueForm,
)
from concertoit.insight.evaluation.models import ExpectedChange, StrategyAxis
from concertoit.insight.evaluation.queries import strategy as queries
from concertoit.insight.evaluation.rules.pasted import read
from concertoit.insight.evaluation.services import strategy as services

address = addresses_in("evaluation")


@in_space("evaluation.view")
def strategy(request: SpaceRequest) -> HttpResponse:
    """Three columns of changes; an axis narrows them."""
    wanted = request.GET.get("axe", "")
    axis = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else None
    whole = queries.strategy_of(request.viewer, axis)
    context = {"whole": whole, "axis": axis, "kinds": ChangeKind.choices}
    return render(request, "evaluation/strategy.html", context)


@in_space("evaluation.view")
def change(request: SpaceRequest, change_id: int) -> HttpResponse:
    """One change: where it stands, its signs over the last twelve months, what people judged."""
    row = queries.change_of(request.viewer, change_id)
    since, until = _last_year()
    context = {
        "row": row, "axes": list(row.axes.all()), "signs": queries.signs_of(row, since, until), "since": since,
        "until": until, "readings": queries.readings_of(row),
        "history": history_url(request.user, "evaluation.expectedchange", row.pk),
    }  # fmt: skip
    return render(request, "evaluation/change.html", context)


def _last_year() -> tuple[date, date]:
    today = timezone.localdate()
    return today.replace(year=today.year - 1, day=min(today.day, 28)), today


@in_space("evaluation.write")
def change_edit(request: SpaceRequest, change_id: int | None = None) -> HttpResponse:
    """Add a change, or word it otherwise."""
    row = queries.change_of(request.viewer, change_id) if change_id else None
    initial: dict[str, Any] = {"kind": request.GET.get("sorte", "")}
    if row:
        initial = {"kind": row.kind, "text": row.text, "audience": row.audience, "axes": list(row.axes.all())}
    form = ChangeForm(posted(request), viewer=request.viewer, initial=initial)
    saved: list[ExpectedChange] = []
    return form_page(
        request, form,
        lambda: saved.append(services.save_change(viewer=request.viewer, facts=form.facts(), row=row)),
        title=_("Modifier le changement attendu") if row else _("Ajouter un changement attendu"),
        back=address(request, "change", change_id=row.pk) if row else address(request, "strategy"),
        then=lambda: address(request, "change", change_id=saved[0].pk),
    )  # fmt: skip


@in_space("evaluation.write")
def change_retire(request: SpaceRequest, change_id: int) -> HttpResponse:
    """No longer expect it."""
    row, form = queries.change_of(request.viewer, change_id), RetireForm(posted(request))
    return form_page(
        request, form,
        lambda: services.retire_change(viewer=request.viewer, change=row, reason=form.cleaned_data["reason"]),
        title=_("Ne plus attendre ce changement"), lead=row.text, back=address(request, "change", change_id=row.pk),
    )  # fmt: skip


@in_space("evaluation.write")
@require_POST
def change_resume(request: SpaceRequest, change_id: int) -> HttpResponse:
    """Expect it again."""
    row = queries.change_of(request.viewer, change_id)
    services.resume_change(viewer=request.viewer, change=row)
    done(request, _("Ce changement est de nouveau attendu."))
    return redirect(request, address(request, "change", change_id=row.pk))


@in_space("evaluation.write")
def axis_edit(request: SpaceRequest, axis_id: int | None = None) -> HttpResponse:
    """Write an axis, tie it to the plan's."""
    viewer = request.viewer
    row = get_object_or_404(StrategyAxis, pk=axis_id, space=viewer.space) if axis_id else None
    initial = {"number": row.number, "name": row.name, "item_id": row.item_id} if row else {}
    form = AxisForm(posted(request), viewer=viewer, initial=initial)
    return form_page(
        request, form, lambda: services.save_axis(viewer=viewer, row=row, **form.cleaned_data),
        title=row or _("Ajouter un axe"), back=address(request, "strategy"),
    )  # fmt: skip


@in_space("evaluation.write")
def sign_edit(request: SpaceRequest, change_id: int, sign_id: int | None = None) -> HttpResponse:
    """Write a sign of a change."""
    row = queries.change_of(request.viewer, change_id)
    sign = get_object_or_404(row.signs, pk=sign_id) if sign_id else None
    initial = {name: getattr(sign, name) for name in SignForm.base_fields} if sign else {}
    form = SignForm(posted(request), initial=initial)
    return form_page(
        request, form,
        lambda: services.save_sign(viewer=request.viewer, change=row, facts=form.facts(), row=sign),
        title=sign.name if sign else _("Ajouter un signe"), lead=row.text,
        back=address(request, "change", change_id=row.pk) + "#signes",
    )  # fmt: skip


@in_space("evaluation.write")
def value_add(request: SpaceRequest, sign_id: int) -> HttpResponse:
    """Keep the value of a sign for a period."""
    sign = queries.sign_of(request.viewer, sign_id)
    since, until = _last_year()
    form = ValueForm(posted(request), sign=sign, initial={"since": since, "until": until})
    return form_page(
        request, form,
        lambda: services.keep_value(viewer=request.viewer, sign=sign, **form.cleaned_data),
        title=_("Retenir une valeur"), lead=sign.name,
        back=address(request, "change", change_id=sign.change_id) + "#signes",
    )  # fmt: skip


@in_space("evaluation.write")
def reading_add(request: SpaceRequest, change_id: int) -> HttpResponse:
    """Say what one judges of a change."""
    row = queries.change_of(request.viewer, change_id)
    form = ReadingForm(posted(request), initial={"on": timezone.localdate()})
    return form_page(
        request, form,
        lambda: services.read_change(viewer=request.viewer, change=row, **form.cleaned_data),
        title=_("Donner sa lecture"), lead=row.text,
        back=address(request, "change", change_id=row.pk) + "#lectures",
    )  # fmt: skip


@in_space("evaluation.write")
def paste(request: SpaceRequest) -> HttpResponse:
    """Bring a strategy as it is written; see what is understood; write it."""
    form = PasteForm(posted(request))
    found, sure = None, request.POST.get("quoi") == "inscrire"
    if request.method == "POST" and form.is_valid():
        found = read(form.cleaned_data["text"])
        if not found.changes:
            form.add_error("text", _("Aucun changement n’est reconnu : mettez un titre avant chaque liste."))
        elif sure and attempt(form, lambda: services.write_pasted(viewer=request.viewer, pasted=found)):
            done(request, _("Stratégie inscrite."))
            return redirect(request, address(request, "strategy"))
    context = {"form": form, "found": found, "kinds": ChangeKind.choices}
    return render(request, "evaluation/paste.html", context, status=422 if form.errors else 200)
