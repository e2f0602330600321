"""Creating and changing organisations, their other names included."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.identity import rules
from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.identity.models import Organisation, OrganisationAlias
from concertoit.ground.identity.queries import OrganisationIndex
from concertoit.ground.places.models import Mrc, Municipality

OBJECT = "identity.organisation"
LONGEST_NAME = 200
FIELDS = ("name", "short_name", "kind", "neq", "website")


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What is known of an organisation. ``aliases`` replaces all the other names, ``mrcs`` all the territories."""

    name: str
    short_name: str = ""
    kind: str = OrganisationKind.COMMUNITY
    neq: str = ""
    website: str = ""
    municipality: Municipality | None = None
    mrcs: tuple[Mrc, ...] = ()
    aliases: tuple[str, ...] = field(default=())


@transaction.atomic
def create_organisation(*, actor: Any, facts: OrganisationFacts, space_id: int | None = None) -> Organisation:
    """Add an organisation to the directory that all démarches share.

    Raises ``DomainError`` on a name that another organisation already bears, or a NEQ that is not well formed.
    """
    organisation = Organisation(name=facts.name)
    _write(organisation, facts)
    record(
        actor=actor, verb="organisation.created", object_type=OBJECT, object_id=organisation.pk,
        object_label=str(organisation), space_id=space_id, after=values_of(organisation),
    )  # fmt: skip
    return organisation


@transaction.atomic
def update_organisation(
    *, actor: Any, organisation: Organisation, facts: OrganisationFacts, space_id: int | None = None
) -> Organisation:
    """Change an organisation. Raises ``DomainError`` as ``create_organisation`` does, or when it has been merged."""
    if organisation.merged_into_id:
        raise DomainError(_("Cette fiche a été fusionnée avec une autre : modifiez l’autre."))
    before = values_of(organisation)
    _write(organisation, facts)
    after = values_of(organisation)
    if before != after:
        record(
            actor=actor, verb="organisation.updated", object_type=OBJECT, object_id=organisation.pk,
            object_label=str(organisation), space_id=space_id, before=before, after=after,
        )  # fmt: skip
    return organisation


@transaction.atomic
def add_alias(*, actor: Any, organisation: Organisation, name: str, space_id: int | None = None) -> None:
    """Teach another way of writing an organisation's name; nothing happens if it is already known as its own.

    Raises ``DomainError`` when the name belongs to another organisation, or says nothing.
    """
    _refuse_taken([name], organisation, "aliases")
    if rules.fold(name) in _own_names(organisation):
        return
    OrganisationAlias.objects.create(organisation=organisation, name=name.strip(), folded=rules.fold(name))
    record(
        actor=actor, verb="organisation.alias_added", object_type=OBJECT, object_id=organisation.pk,
        object_label=str(organisation), space_id=space_id, after={"alias": name.strip()},
    )  # fmt: skip


def values_of(organisation: Organisation) -> dict[str, Any]:
    """An organisation as plain values, for the journal."""
    return {
        **{name: getattr(organisation, name) for name in FIELDS},
        "municipality": organisation.municipality.code if organisation.municipality else "",
        "mrcs": list(organisation.mrcs.order_by("code").values_list("code", flat=True)),
        "aliases": list(organisation.aliases.order_by("name", "pk").values_list("name", flat=True)),
    }


def _write(organisation: Organisation, facts: OrganisationFacts) -> None:
    neq = rules.clean_neq(facts.neq)
    _refuse_neq(neq, organisation)
    _refuse_taken([facts.name], organisation, "name")
    _refuse_taken(facts.aliases, organisation, "aliases")
    organisation.name = facts.name.strip()
    organisation.short_name = facts.short_name.strip()
    organisation.kind = facts.kind
    organisation.neq = neq
    organisation.website = facts.website
    organisation.municipality = facts.municipality
    organisation.save()
    organisation.mrcs.set(facts.mrcs)
    _write_aliases(organisation, facts.aliases)


def _write_aliases(organisation: Organisation, names: Iterable[str]) -> None:
    """Keep the rows that stay: their ids do not change when another name is added."""
    wanted = {rules.fold(name): name.strip() for name in names if rules.fold(name)}
    for alias in organisation.aliases.all():
        if wanted.pop(alias.folded, None) is None:
            alias.delete()
    for folded, name in wanted.items():
        OrganisationAlias.objects.create(organisation=organisation, name=name, folded=folded)


def _refuse_neq(neq: str, organisation: Organisation) -> None:
    if neq and not rules.is_neq(neq):
        raise DomainError(_("Un NEQ compte dix chiffres. Vérifiez-le au Registraire des entreprises."), field="neq")
    taken = Organisation.objects.filter(neq=neq).exclude(pk=organisation.pk).first() if neq else None
    if taken:
        message = _("« %(name)s » porte déjà ce NEQ. Fusionnez plutôt les deux fiches.") % {"name": taken.name}
        raise DomainError(message, field="neq")


def _refuse_taken(names: Iterable[str], organisation: Organisation, field_name: str) -> None:
    index = OrganisationIndex()
    for name in names:
        if not rules.fold(name):
            raise DomainError(_("Écrivez un nom avec au moins une lettre ou un chiffre."), field=field_name)
        if max(len(name.strip()), len(rules.fold(name))) > LONGEST_NAME:
            raise DomainError(_("Un nom compte %(n)s caractères au plus.") % {"n": LONGEST_NAME}, field=field_name)
        others = [found for found in index.matches(name) if found.pk != organisation.pk]
        if others:
            message = _("« %(name)s » est déjà un nom de « %(other)s ». S’il s’agit du même organisme, fusionnez.")
            raise DomainError(message % {"name": name.strip(), "other": others[0].name}, field=field_name)


def _own_names(organisation: Organisation) -> set[str]:
    own = {rules.fold(organisation.name), rules.fold(organisation.short_name)}
    return own | set(organisation.aliases.values_list("folded", flat=True))
