"""Complexes, associations and assemblies (P4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from concertoit.field.participation.forms.associations import (
    AssemblyForm,
    AssociationForm,
    ComplexForm,
    GrantForm,
)
from concertoit.field.participation.models import Assembly, Complex, TenantAssociation
from concertoit.field.participation.queries import associations as queries
from concertoit.field.participation.queries.parameters import as_decimal, parameters_of
from concertoit.field.participation.rules import checks
from concertoit.field.participation.services import associations as services
from concertoit.field.participation.views.pages import address, form_page
from concertoit.ground.audit.queries import history_url
from concertoit.ground.files.queries import attachments
from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.spaces.views.access import posted
from concertoit.ground.ui.pages import render


@in_space("participation.view")
def associations(request: SpaceRequest) -> HttpResponse:
    """The register of associations, and the complexes of the office."""
    viewer = request.viewer
    entries = queries.register(viewer, parameters_of(viewer.space), timezone.localdate())
    context = {"entries": entries, "complexes": list(queries.complexes_of(viewer.space))}
    return render(request, "participation/associations.html", context)


@in_space("participation.view")
def association(request: SpaceRequest, association_id: int) -> HttpResponse:
    """One association: what it covers, its recognition, assemblies and grants."""
    viewer = request.viewer
    row = queries.association_of(viewer, association_id)
    parameters = parameters_of(viewer.space)
    entry = queries.entry(row, parameters, timezone.localdate())
    grant, withheld = checks.grant(entry.dwellings or 0, parameters)
    context = {
        "entry": entry,
        "row": row,
        "quorum": checks.founding_quorum(entry.dwellings, parameters),
        "expected": as_decimal(grant) if grant is not None and entry.dwellings else None,
        "withheld": as_decimal(withheld) if withheld is not None and entry.dwellings else None,
        "history": history_url(request.user, "participation.tenantassociation", row.pk),
    }
    return render(request, "participation/association.html", context)


@in_space("participation.manage")
def association_edit(request: SpaceRequest, association_id: int | None = None) -> HttpResponse:
    """Write an association on the register, or change it."""
    viewer = request.viewer
    row = queries.association_of(viewer, association_id) if association_id else None
    form = AssociationForm(posted(request), viewer=viewer, known=row is not None, initial=_initial(row))
    saved: list[TenantAssociation] = []

    def save() -> None:
        saved.append(services.save_association(viewer=viewer, facts=form.facts(), association=row))

    return form_page(
        request, form, save, title=str(row) if row else _("Inscrire une association"),
        back=address(request, "association", association_id=row.pk) if row else address(request, "associations"),
        then=lambda: address(request, "association", association_id=saved[0].pk),
        lead=_("Laissez vide ce que vous ne savez pas : la vérification dira « non évaluable »."),
    )  # fmt: skip


def _initial(row: TenantAssociation | None) -> dict[str, Any]:
    if row is None:
        return {}
    names = (name for name in AssociationForm.base_fields if name not in ("name", "complexes"))
    return {
        **{name: getattr(row, name) for name in names},
        "name": row.organisation.name,
        "complexes": [one.pk for one in row.complexes.all()],
    }


@in_space("participation.manage")
def complex_edit(request: SpaceRequest, complex_id: int | None = None) -> HttpResponse:
    """Write a complex, or change it."""
    row = get_object_or_404(Complex, pk=complex_id, space=request.viewer.space) if complex_id else None
    initial = {name: getattr(row, name) for name in ComplexForm.base_fields} if row else {}
    form = ComplexForm(posted(request), initial=initial)
    return form_page(
        request, form, lambda: services.save_complex(viewer=request.viewer, row=row, **form.cleaned_data),
        title=row.name if row else _("Inscrire un ensemble"), back=address(request, "associations") + "#ensembles",
        lead=_("Un ensemble est un ou plusieurs immeubles de l’office que l’on désigne d’un même nom."),
    )  # fmt: skip


@in_space("participation.manage")
def grant_edit(request: SpaceRequest, association_id: int) -> HttpResponse:
    """Write the grant of a year."""
    viewer = request.viewer
    row = queries.association_of(viewer, association_id)
    form = GrantForm(posted(request), initial={"year": timezone.localdate().year})

    def save() -> None:
        services.write_grant(
            viewer=viewer, association_id=row.pk, year=form.cleaned_data["year"], use=form.cleaned_data["use"],
            **form.amounts(),
        )  # fmt: skip

    return form_page(
        request, form, save, title=_("Subvention : %(name)s") % {"name": row},
        back=address(request, "association", association_id=row.pk) + "#subventions",
        lead=_("Écrire la même année de nouveau la corrige."),
    )  # fmt: skip


@in_space("participation.view")
def assemblies(request: SpaceRequest) -> HttpResponse:
    """Assemblies to come and held."""
    today = timezone.localdate()
    rows = list(queries.assemblies_of(request.viewer))
    coming = sorted((row for row in rows if row.on >= today and not row.held), key=lambda row: row.on)
    context = {"coming": coming, "past": [row for row in rows if row not in coming], "today": today}
    return render(request, "participation/assemblies.html", context)


@in_space("participation.view")
def assembly(request: SpaceRequest, assembly_id: int) -> HttpResponse:
    """One assembly: notice, presence, quorum, what was adopted, minutes."""
    row = queries.assembly_of(request.viewer, assembly_id)
    parameters = parameters_of(request.viewer.space)
    passed = None
    if row.by_laws_for is not None and row.present:
        passed = checks.two_thirds(row.by_laws_for, row.present, parameters)
    context = {
        "row": row,
        "passed": passed,
        "share": parameters.line("association.bylaw_share"),
        "notice": parameters.line("election.notice_days") if row.kind == "election" else None,
        "files": attachments("participation.assembly", row.pk),
        "elections": list(row.elections.order_by("pk")),
        "history": history_url(request.user, "participation.assembly", row.pk),
    }
    return render(request, "participation/assembly.html", context)


@in_space("participation.manage")
def assembly_edit(request: SpaceRequest, assembly_id: int | None = None) -> HttpResponse:
    """Call an assembly, or write what happened there."""
    viewer = request.viewer
    row = queries.assembly_of(viewer, assembly_id) if assembly_id else None
    wanted = {name: request.GET[name] for name in ("kind", "association") if request.GET.get(name)}
    initial = {name: getattr(row, name) for name in AssemblyForm.base_fields} if row else wanted
    form = AssemblyForm(posted(request), viewer=viewer, initial=initial)
    saved: list[Assembly] = []
    return form_page(
        request, form,
        lambda: saved.append(services.save_assembly(viewer=viewer, facts=form.facts(), assembly=row)),
        title=str(row) if row else _("Convoquer une assemblée"),
        back=address(request, "assembly", assembly_id=row.pk) if row else address(request, "assemblies"),
        then=lambda: address(request, "assembly", assembly_id=saved[0].pk),
        lead=_("Avant : la date et l’avis. Après : les présences, le quorum et ce qui a été adopté."),
    )  # fmt: skip
