"""Complexes, associations, their grants and their assemblies (P4)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.field.participation.enums import AssemblyKind, Recognition
from concertoit.field.participation.models import Assembly, Complex, GrantYear, ParameterValue, TenantAssociation
from concertoit.field.participation.queries.associations import association_of, dwellings_of
from concertoit.field.participation.queries.parameters import parameters_of
from concertoit.field.participation.rules import checks
from concertoit.field.participation.rules.parameters import BY_CODE, Unit, read_value
from concertoit.field.participation.services import journal
from concertoit.ground.audit.services import record_row
from concertoit.ground.core.errors import DomainError, NotVisible
from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.identity.models import Organisation
from concertoit.ground.identity.services import OrganisationFacts, create_organisation
from concertoit.ground.spaces.policies import Viewer


@transaction.atomic
def set_parameter(*, viewer: Viewer, code: str, text: str, since: date, source: str) -> ParameterValue:
    """Give a parameter the value of this démarche from a day on, with its source.

    Raises ``NotVisible`` for an unknown code, ``DomainError`` for a value that cannot be read or without a source.
    """
    viewer.must("participation.manage")
    if code not in BY_CODE:
        raise NotVisible("")
    try:
        value = read_value(_yes_no(text) if BY_CODE[code].unit is Unit.YES_NO else text)
    except ValueError:
        raise DomainError(_("Écrivez un nombre, par exemple 7, 0,50, 10 % ou 2/3."), field="value") from None
    if not source.strip():
        raise DomainError(_("Dites d’où vient cette valeur."), field="source")
    row, _new = ParameterValue.objects.update_or_create(
        space=viewer.space, code=code, since=since, defaults={"value": str(value), "source": source.strip()}
    )
    after = journal.plain(row, ("value", "since", "source"))
    record_row(row, code, actor=viewer.user, verb="participation.parameter_set", after=after)
    return row


def _yes_no(text: str) -> str:
    return {"oui": "1", "yes": "1", "non": "0", "no": "0"}.get(text.strip().lower(), text)


@transaction.atomic
def save_complex(
    *, viewer: Viewer, name: str, street: str = "", dwellings: int | None = None, row: Complex | None = None
) -> Complex:
    """Add a complex, or change one. Raises ``DomainError`` when another bears its name."""
    viewer.must("participation.manage")
    others = Complex.objects.filter(space=viewer.space, name__iexact=name.strip())
    if (others.exclude(pk=row.pk) if row else others).exists():
        raise DomainError(_("Un ensemble porte déjà ce nom."), field="name")
    complex_ = row or Complex(space=viewer.space)
    before, after = journal.assign(complex_, {"name": name.strip(), "street": street, "dwellings": dwellings})
    complex_.save()
    if after:
        record_row(
            complex_, complex_.name, actor=viewer.user, verb="participation.complex_saved", before=before, after=after
        )
    return complex_


@dataclass(frozen=True, slots=True)
class AssociationFacts:
    """An association as a person describes it. ``None``: not known."""

    name: str
    complexes: tuple[Complex, ...] = ()
    recognition: str = Recognition.ASKED
    recognised_on: date | None = None
    founded_on: date | None = None
    all_invited: bool | None = None
    office_witness: bool | None = None
    founding_presence: int | None = None
    by_laws_on: date | None = None
    by_laws: str = ""
    note: str = ""

    def values(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("name", "complexes")}


@transaction.atomic
def save_association(
    *, viewer: Viewer, facts: AssociationFacts, association: TenantAssociation | None = None
) -> TenantAssociation:
    """Write an association on the register, or change it.

    Its organisation is the one of this name in the directory, or a new one. Raises ``DomainError`` when the association
    is there already, for complexes of another démarche, or when it is recognised without a date.
    """
    viewer.must("participation.manage")
    if facts.recognition == Recognition.RECOGNISED and facts.recognised_on is None:
        raise DomainError(_("Dites quand l’office l’a reconnue."), field="recognised_on")
    if any(one.space_id != viewer.space.pk for one in facts.complexes):
        raise NotVisible("")
    row = association or TenantAssociation(space=viewer.space, organisation=_organisation(viewer, facts.name))
    if (
        association is None
        and TenantAssociation.objects.filter(space=viewer.space, organisation=row.organisation).exists()
    ):
        raise DomainError(_("Cette association est déjà au registre."), field="name")
    new = row.pk is None
    before, after = journal.assign(row, facts.values())
    row.save()
    names = sorted(one.name for one in facts.complexes)
    had = sorted(row.complexes.order_by("pk").values_list("name", flat=True))
    if names != had:
        row.complexes.set(facts.complexes)
        before, after = {**before, "complexes": had}, {**after, "complexes": names}
    if after:
        verb = "participation.association_created" if new else "participation.association_updated"
        record_row(row, row, actor=viewer.user, verb=verb, before=before, after=after)
    return row


def _organisation(viewer: Viewer, name: str) -> Organisation:
    """The organisation of this exact name, or a new one."""
    found = Organisation.objects.filter(name__iexact=name.strip(), merged_into=None).order_by("pk").first()
    if found:
        return found
    facts = OrganisationFacts(name.strip(), kind=OrganisationKind.COMMUNITY)
    return create_organisation(actor=viewer.user, facts=facts, space_id=viewer.space.pk)


@transaction.atomic
def write_grant(
    *, viewer: Viewer, association_id: int, year: int, paid: Decimal | None = None, used: Decimal | None = None,
    use: str = "",
) -> GrantYear:  # fmt: skip
    """Write the grant of a year: by default what the parameters give for the dwellings covered, less what is withheld.

    Writing the same year again corrects it. Raises ``DomainError`` when the amount is not known, or more was used than
    was paid.
    """
    viewer.must("participation.manage")
    association = association_of(viewer, association_id)
    dwellings = dwellings_of(association) or 0
    amount = paid if paid is not None else _granted(viewer, dwellings, year)
    if amount is None:
        raise DomainError(_("Écrivez le montant : le nombre de logements n’est pas connu."), field="paid")
    if used is not None and used > amount:
        raise DomainError(_("Plus de dépenses que de subvention : vérifiez les montants."), field="used")
    values = {"dwellings": dwellings, "paid": amount, "used": used, "use": use}
    row, _new = GrantYear.objects.update_or_create(
        space=viewer.space, association=association, year=year, defaults=values
    )
    after = journal.plain(row, ("paid", "used"))
    record_row(association, association, actor=viewer.user, verb="participation.grant_written", after=after, note=year)
    return row


def _granted(viewer: Viewer, dwellings: int, year: int) -> Decimal | None:
    grant, withheld = checks.grant(dwellings, parameters_of(viewer.space, date(year, 12, 31)))
    if not dwellings or grant is None:
        return None
    net = grant - (withheld or 0)
    return (Decimal(net.numerator) / Decimal(net.denominator)).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class AssemblyFacts:
    """An assembly as a person describes it: called, then what was decided there."""

    on: date
    kind: str = AssemblyKind.YEARLY
    association: TenantAssociation | None = None
    place: str = ""
    notice_on: date | None = None
    agenda: str = ""
    quorum: int | None = None
    present: int | None = None
    accounts_adopted: bool | None = None
    budget_adopted: bool | None = None
    by_laws_text: str = ""
    by_laws_for: int | None = None
    minutes: str = ""
    cancelled: bool = False


@transaction.atomic
def save_assembly(*, viewer: Viewer, facts: AssemblyFacts, assembly: Assembly | None = None) -> Assembly:
    """Call an assembly, or write what happened there.

    Raises ``DomainError`` for more votes than people, or a notice after the day.
    """
    viewer.must("participation.manage")
    if facts.association and facts.association.space_id != viewer.space.pk:
        raise NotVisible("")
    if facts.notice_on and facts.notice_on > facts.on:
        raise DomainError(_("L’avis part avant l’assemblée."), field="notice_on")
    if facts.by_laws_for is not None and (facts.present is None or facts.by_laws_for > facts.present):
        raise DomainError(_("Il y a plus de voix que de personnes présentes."), field="by_laws_for")
    row = assembly or Assembly(space=viewer.space)
    new = row.pk is None
    before, after = journal.assign(row, {one.name: getattr(facts, one.name) for one in fields(facts)})
    row.save()
    if after:
        verb = "participation.assembly_called" if new else "participation.assembly_updated"
        record_row(row, row, actor=viewer.user, verb=verb, before=before, after=after)
    return row
