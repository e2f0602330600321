"""The register of associations, their assemblies, and what their checks say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch, QuerySet, Sum

from concertoit.field.participation.enums import AssemblyKind, Recognition
from concertoit.field.participation.models import Assembly, Complex, GrantYear, TenantAssociation
from concertoit.field.participation.queries.sentences import Said, said
from concertoit.field.participation.rules import checks
from concertoit.field.participation.rules.parameters import Parameters
from concertoit.ground.core.errors import must_exist
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer


@dataclass(slots=True)
class Entry:
    """An association with what one asks of it first."""

    row: TenantAssociation
    dwellings: int | None
    checks: list[Said]
    grants: list[GrantYear]
    assemblies: list[Assembly]

    @property
    def to_fix(self) -> int:
        return sum(1 for one in self.checks if one.verdict == "fix")

    @property
    def late(self) -> bool:
        """Whether the yearly assembly is late."""
        return any(one.code == "association.meeting" and one.verdict == "fix" for one in self.checks)


def complexes_of(space: Space) -> QuerySet[Complex]:
    """Complexes of the office, by name, with the associations that cover them."""
    rows = TenantAssociation.objects.select_related("organisation").order_by("pk")
    return Complex.objects.filter(space=space).prefetch_related(Prefetch("associations", rows)).order_by("name", "pk")


def covered_complexes(space: Space) -> set[int]:
    """Complexes that a recognised association covers."""
    rows = Complex.objects.filter(space=space, associations__recognition=Recognition.RECOGNISED)
    return set(rows.order_by("pk").values_list("pk", flat=True))


def register(viewer: Viewer, parameters: Parameters, today: date) -> list[Entry]:
    """All the associations of the démarche, by name."""
    rows = _full(TenantAssociation.objects.filter(space=viewer.space)).order_by("organisation__name", "pk")
    return [entry(row, parameters, today) for row in rows]


def association_of(viewer: Viewer, association_id: int) -> TenantAssociation:
    """An association of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(_full(TenantAssociation.objects.filter(space=viewer.space, pk=association_id)).first())


def _full(rows: QuerySet[TenantAssociation]) -> QuerySet[TenantAssociation]:
    return rows.select_related("organisation").prefetch_related(
        Prefetch("complexes", Complex.objects.order_by("name", "pk")),
        Prefetch("assemblies", Assembly.objects.filter(cancelled=False).order_by("-on", "-pk")),
        Prefetch("grants", GrantYear.objects.order_by("-year")),
    )


def entry(row: TenantAssociation, parameters: Parameters, today: date) -> Entry:
    """An association read with its complexes, assemblies and grants."""
    grants, assemblies = list(row.grants.all()), list(row.assemblies.all())
    dwellings = dwellings_of(row)
    yearly = next((one for one in assemblies if one.kind == AssemblyKind.YEARLY and one.held), None)
    grant = next((one for one in grants if one.used is not None), None)
    seen = checks.Association(
        dwellings=dwellings,
        all_invited=row.all_invited,
        office_witness=row.office_witness,
        founding_presence=row.founding_presence,
        by_laws_on=row.by_laws_on,
        founded_on=row.founded_on,
        last_yearly=yearly.on if yearly else None,
        accounts=yearly.accounts_adopted if yearly else None,
        budget=yearly.budget_adopted if yearly else None,
        grant=Fraction(grant.paid) if grant else None,
        used=Fraction(grant.used) if grant and grant.used is not None else None,
    )
    return Entry(row, dwellings, said(checks.association(seen, parameters, today), parameters), grants, assemblies)


def dwellings_of(row: TenantAssociation) -> int | None:
    """Dwellings that an association covers; unknown as soon as one of its complexes does not say."""
    counts = [one.dwellings for one in row.complexes.all()]
    return sum(count for count in counts if count is not None) if counts and None not in counts else None


def office_dwellings(space: Space) -> int | None:
    """Dwellings of the office, as far as its complexes say."""
    total = Complex.objects.filter(space=space).aggregate(total=Sum("dwellings"))["total"]
    return int(total) if total else None


def assemblies_of(viewer: Viewer) -> QuerySet[Assembly]:
    """Assemblies of the démarche, the next and the latest first."""
    rows = Assembly.objects.filter(space=viewer.space).select_related("association__organisation")
    return rows.order_by("-on", "-pk")


def assembly_of(viewer: Viewer, assembly_id: int) -> Assembly:
    """An assembly of the démarche. Raises ``NotVisible`` for another's."""
    return must_exist(assemblies_of(viewer).filter(pk=assembly_id).first())
