"""From the names a plan writes to organisations and committees that exist, or are announced."""

from dataclasses import dataclass, field

from concertoit.ground.identity.enums import OrganisationKind
from concertoit.ground.identity.models import Organisation, OrganisationAlias
from concertoit.ground.spaces.enums import CommitteeState
from concertoit.ground.spaces.models import Committee, Space
from concertoit.together.plans.rules.document import Actor, ActorKind, ActorRole
from concertoit.together.plans.rules.matching import fold


@dataclass(slots=True)
class Resolver:
    """Finds by exact folded name, in memory: three queries whatever the size of the plan.

    With ``create``, a lead or fiscal agent that is no organisation yet becomes one (somebody must be able to answer for
    the action), and a committee that the plan announces becomes a row « à former ». Everything created is remembered,
    so that an import can be undone.
    """

    space: Space
    create: bool = True
    created_organisations: list[int] = field(default_factory=list)
    created_committees: list[int] = field(default_factory=list)
    _organisations: dict[str, int] = field(default_factory=dict)
    _committees: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for pk, name, short in Organisation.objects.filter(merged_into=None).values_list("pk", "name", "short_name"):
            self._organisations.setdefault(fold(name), pk)
            if short:
                self._organisations.setdefault(fold(short), pk)
        for pk, name in OrganisationAlias.objects.filter(organisation__merged_into=None).values_list(
            "organisation_id", "name"
        ):
            self._organisations.setdefault(fold(name), pk)
        committees = Committee.objects.filter(space=self.space).order_by("pk")
        for pk, name, short, merged in committees.values_list("pk", "name", "short_name", "merged_into"):
            self._committees.setdefault(fold(name), merged or pk)  # the name of a merged committee finds the one kept
            if short:
                self._committees.setdefault(fold(short), merged or pk)

    def organisation(self, name: str, *, may_create: bool) -> int | None:
        """Id of the organisation of that name; created when asked and allowed; nothing otherwise."""
        key = fold(name)
        if not key:
            return None
        found = self._organisations.get(key)
        if found is None and may_create and self.create:
            found = Organisation.objects.create(name=name.strip()[:200], kind=OrganisationKind.OTHER).pk
            self._organisations[key] = found
            self.created_organisations.append(found)
        return found

    def committee(self, name: str, kind: ActorKind) -> int | None:
        """Id of the committee of that name in the démarche."""
        key = fold(name)
        found = self._committees.get(key)
        if found is None and self.create and key:
            state = CommitteeState.TO_FORM if kind is ActorKind.COMMITTEE_TO_FORM else CommitteeState.ACTIVE
            found = Committee.objects.create(space=self.space, name=name.strip()[:200], state=state).pk
            self._committees[key] = found
            self.created_committees.append(found)
        return found

    def resolve(self, actor: Actor) -> tuple[int | None, int | None]:
        """(organisation id, committee id) behind an actor; both empty for a description."""
        if actor.kind in (ActorKind.COMMITTEE, ActorKind.COMMITTEE_TO_FORM):
            return None, self.committee(actor.name, actor.kind)
        if actor.kind is ActorKind.TEXT:
            return None, None
        carries = actor.role in (ActorRole.LEAD, ActorRole.FISCAL_AGENT)
        return self.organisation(actor.name, may_create=carries), None
