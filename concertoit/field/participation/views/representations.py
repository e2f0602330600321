"""Representations to the office (P3): the list that every member reads, one of them, the page behind a code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.enums import RepresentationOrigin, RepresentationSubject
from concertoit.field.participation.exports.representations import representations_csv
from concertoit.field.participation.forms.representations import AnswerForm, CodeForm, RepresentationForm, StepForm
from concertoit.field.participation.models import Representation
from concertoit.field.participation.queries import representations as queries
from concertoit.field.participation.queries.codes import code_of
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.services import representations as services
from concertoit.field.participation.views.pages import address, form_page
from concertoit.ground.audit.queries import history_url
from concertoit.ground.core.errors import NotVisible
from concertoit.ground.core.media import CSV
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.downloads import attachment
from concertoit.ground.ui.pages import redirect, render
from concertoit.ground.ui.personal import personal_link


@in_space("participation.view")
def representations(request: SpaceRequest) -> HttpResponse:
    """What was asked of the office, what it answered, what is late."""
    viewer, today = request.viewer, timezone.localdate()
    state = request.GET.get("etat", "")
    rows = list(queries.filtered(queries.representations(viewer), state, today))
    found = queries.counts(viewer, today)
    labels = dict(RepresentationSubject.choices)
    context = {
        "rows": [(row, queries.late(row, today)) for row in rows], "state": state, "figures": found,
        "subjects": [{"label": str(labels[code]), "value": count} for code, count in found.subjects],
        "delay": parameters_of(viewer.space).line("representation.answer_days"),
    }  # fmt: skip
    return render(request, "participation/representations.html", context)


@in_space("participation.view")
def representations_file(request: SpaceRequest) -> HttpResponse:
    """The list as CSV."""
    rows = list(queries.representations(request.viewer))
    return attachment(representations_csv(rows, timezone.localdate()), CSV, "representations.csv")


@in_space("participation.view")
def representation(request: SpaceRequest, representation_id: int) -> HttpResponse:
    """One representation: what was asked, by whom, the answer, what followed."""
    viewer = request.viewer
    row = queries.representation_of(viewer, representation_id)
    manages = viewer.can("participation.manage")
    tenant = row.origin == RepresentationOrigin.TENANT
    context = {
        "row": row, "late": queries.late(row, timezone.localdate()), "steps": list(row.steps.order_by("on", "pk")),
        "code": code_of(row) if tenant and manages else "", "manages": manages,
        "represents": viewer.can("participation.represent"),
        "history": history_url(request.user, "participation.representation", row.pk),
    }  # fmt: skip
    return render(request, "participation/representation.html", context)


@in_space("participation.represent")
def representation_edit(request: SpaceRequest, representation_id: int | None = None) -> HttpResponse:
    """Write a representation, or correct it before it is answered."""
    viewer = request.viewer
    row = queries.representation_of(viewer, representation_id) if representation_id else None
    wanted: dict[str, Any] = {key: request.GET[key] for key in ("origin", "assembly") if request.GET.get(key)}
    initial = {name: getattr(row, name) for name in RepresentationForm.base_fields} if row else wanted
    form = RepresentationForm(posted(request), viewer=viewer, initial=initial)
    saved: list[Representation] = []
    return form_page(
        request, form, lambda: saved.append(services.save(viewer=viewer, facts=form.facts(), row=row)),
        title=row.title if row else _("Inscrire une représentation"),
        back=_one(request, row) if row else address(request, "representations"),
        then=lambda: _one(request, saved[0]),
        lead=_("Tous les membres de la démarche la lisent, et voient si la réponse tarde."),
    )  # fmt: skip


def _one(request: SpaceRequest, row: Representation) -> str:
    return address(request, "representation", representation_id=row.pk)


@in_space("participation.manage")
def representation_answer(request: SpaceRequest, representation_id: int) -> HttpResponse:
    """Write what the office answers."""
    viewer = request.viewer
    row = queries.representation_of(viewer, representation_id)
    initial = {"on": row.answered_on or timezone.localdate(), "text": row.answer, "result": row.result}
    form = AnswerForm(posted(request), initial=initial)
    return form_page(
        request, form, lambda: services.answer(viewer=viewer, row=row, **form.cleaned_data),
        title=_("Réponse de l’office"), lead=row.title, back=_one(request, row),
    )  # fmt: skip


@in_space("participation.represent")
def representation_step(request: SpaceRequest, representation_id: int) -> HttpResponse:
    """Write what happened next."""
    viewer = request.viewer
    row = queries.representation_of(viewer, representation_id)
    form = StepForm(posted(request), initial={"on": timezone.localdate(), "result": row.result})
    return form_page(
        request, form, lambda: services.add_step(viewer=viewer, row=row, **form.cleaned_data),
        title=_("Ajouter une suite"), lead=row.title, back=_one(request, row),
    )  # fmt: skip


@personal_link
def representation_door(request: HttpRequest) -> HttpResponse:
    """Type a code to follow a representation."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = queries.behind_code(form.cleaned_data["code"])
        except NotVisible:
            form.add_error("code", _("Ce code ne suit aucune représentation. Vérifiez chaque lettre."))
        else:
            return redirect(request, reverse("participation:representation_follow", kwargs={"code": code_of(row)}))
    status = 422 if form.errors else 200
    return render(request, "participation/representation_door.html", {"form": form}, status=status)


@personal_link
def representation_follow(request: HttpRequest, code: str) -> HttpResponse:
    """Where a representation stands, for who holds its code. Nobody is named."""
    row = queries.behind_code(code)
    context = {
        "row": row, "late": queries.late(row, timezone.localdate()), "steps": list(row.steps.order_by("on", "pk"))
    }  # fmt: skip
    return render(request, "participation/representation_follow.html", context)
