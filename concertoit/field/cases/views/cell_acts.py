"""What members do in a cell, with an account or a personal link: answer, write, take tasks, verify (I6).

These acts work on a poor network: a form marked ``data-offline`` is kept by the phone and sent again; with the header
``X-Queue`` the answer is 204 (kept, also when it already was) or 422 with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concertoit.field.cases.enums.cell import CellAnswer
from concertoit.field.cases.forms.cell import CorrectionForm, LineForm, TaskForm
from concertoit.field.cases.models import CellMember, RapidResponse
from concertoit.field.cases.policies import get_cell, member_of
from concertoit.field.cases.queries.cell import member_behind
from concertoit.field.cases.services import cell as services
from concertoit.field.cases.services import cell_log as log
from concertoit.field.cases.services.cell_log import Hand
from concertoit.field.cases.views.cell import if_changed, page_context
from concertoit.field.cases.views.pages import address, form_page
from concertoit.ground.core.errors import DomainError, NotAllowed, NotVisible, must_exist
from concertoit.ground.core.identifiers import read_id
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.offline import is_queued, kept, refused
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link


class _Wrong(DomainError):
    """A form that does not hold, with its page to show again."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__("; ".join(str(error) for errors in form.errors.values() for error in errors))
        self.form = form


def _answer(row: RapidResponse, member: CellMember | None, hand: Hand, data: Any) -> None:
    value = data.get("answer", "")
    if member is None:
        raise NotAllowed("")
    if value not in CellAnswer.values:
        raise DomainError(_("Choisissez une réponse."))
    services.acknowledge(member=member, hand=hand, answer=CellAnswer(value))


def _write(row: RapidResponse, member: CellMember | None, hand: Hand, data: Any) -> None:
    form = LineForm(data)
    if not form.is_valid():
        raise _Wrong(form)
    log.write(cell=row, hand=hand, said=form.said(), client_id=form.cleaned_data["client_id"])


def _task(row: RapidResponse, member: CellMember | None, hand: Hand, data: Any) -> None:
    form = TaskForm(data, cell_id=row.pk)
    if not form.is_valid():
        raise _Wrong(form)
    values = form.cleaned_data
    log.add_task(
        cell=row, hand=hand, title=values["title"], owner=values["owner"], due_at=form.due(),
        client_id=values["client_id"],
    )  # fmt: skip


def _done(row: RapidResponse, member: CellMember | None, hand: Hand, data: Any) -> None:
    log.finish_task(cell=row, hand=hand, task_id=read_id(data.get("task")) or 0)


def _verify(row: RapidResponse, member: CellMember | None, hand: Hand, data: Any) -> None:
    log.verify(cell=row, hand=hand, number=read_id(data.get("number")) or 0)


Act = Callable[[RapidResponse, CellMember | None, Hand, Any], None]
ACTS: dict[str, Act] = {"repondre": _answer, "ecrire": _write, "tache": _task, "faite": _done, "verifier": _verify}
ANCHORS = {"repondre": "", "ecrire": "#journal", "tache": "#taches", "faite": "#taches", "verifier": "#mesures"}


@in_space("cells.view")
@require_POST
def cell_act(request: SpaceRequest, reference: str, act: str) -> HttpResponse:
    """An act of a member or of the team on the page of a cell."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    member = member_of(viewer, row)
    where = address(request, "cell", reference=reference)

    def again(error: _Wrong) -> HttpResponse:
        context = page_context(row, member, runs=False) | _forms(row, error.form) | {
            "case": None, "live": "", "reviews": False,
        }  # fmt: skip
        return render(request, "cases/cell.html", context, status=422)

    return _do(request, act, row, member, Hand.of(viewer, member), where, again)


def _do(
    request: HttpRequest, act: str, row: RapidResponse, member: CellMember | None, hand: Hand, where: str,
    again: Callable[[_Wrong], HttpResponse],
) -> HttpResponse:  # fmt: skip
    if act not in ACTS:
        raise NotVisible("")
    try:
        ACTS[act](row, member, hand, request.POST)
    except (NotAllowed, NotVisible):
        raise
    except DomainError as error:
        if is_queued(request):
            return refused(error)
        if isinstance(error, _Wrong):
            return again(error)
        raise
    if is_queued(request):
        return kept()
    return redirect(request, where + ANCHORS[act])


def _forms(row: RapidResponse, wrong: forms.Form | None = None) -> dict[str, Any]:
    return {
        "line_form": wrong if isinstance(wrong, LineForm) else LineForm(),
        "task_form": wrong if isinstance(wrong, TaskForm) else TaskForm(cell_id=row.pk),
    }


@in_space("cells.view")
def cell_correct(request: SpaceRequest, reference: str, number: int) -> HttpResponse:
    """Correct a line of the log by another one."""
    viewer = request.viewer
    row = get_cell(viewer, reference)
    line = must_exist(row.entries.filter(number=number).first())
    form = CorrectionForm(posted(request))
    hand = Hand.of(viewer, member_of(viewer, row))
    return form_page(
        request, form, lambda: log.correct(cell=row, hand=hand, number=number, text=form.cleaned_data["text"]),
        title=_("Corriger la ligne %(number)s") % {"number": number}, lead=line.text,
        back=address(request, "cell", reference=reference) + "#journal", submit=_("Écrire la correction"),
    )  # fmt: skip


@personal_link
def cell_link(request: HttpRequest, token: str) -> HttpResponse:
    """The cell for a member without account: numbers to call, the answer, tasks, the log; nobody's identity."""
    member = member_behind(token)
    return render(request, "cases/cell_link.html", _link_context(member, token))


def _link_context(member: CellMember, token: str, wrong: forms.Form | None = None) -> dict[str, Any]:
    live = reverse("cases:cell_link_live", kwargs={"token": token})
    return page_context(member.cell, member, runs=False, token=token) | _forms(member.cell, wrong) | {
        "live": live if member.cell.is_active and wrong is None else "",
    }  # fmt: skip


@personal_link
@require_GET
def cell_link_live(request: HttpRequest, token: str) -> HttpResponse:
    """The moving part, for a member without account."""
    member = member_behind(token)
    return if_changed(request, member.cell, member, runs=False, token=token)


@personal_link
@require_POST
def cell_link_act(request: HttpRequest, token: str, act: str) -> HttpResponse:
    """An act through a personal link."""
    member = member_behind(token)
    where = reverse("cases:cell_link", kwargs={"token": token})

    def again(error: _Wrong) -> HttpResponse:
        return render(request, "cases/cell_link.html", _link_context(member, token, error.form), status=422)

    return _do(request, act, member.cell, member, Hand.behind(member), where, again)
