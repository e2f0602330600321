"""Taking a confirmed import back, with everything it created that nobody has used since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.audit.services import record
from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import Committee, CrossCuttingPriority, Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import ImportState, VersionState
from concertoit.together.plans.models import (
    CycleStep,
    Indicator,
    NodeActor,
    NodePriority,
    Plan,
    PlanImport,
    PlanSection,
    PlanVersion,
    Spending,
)
from concertoit.together.plans.rules.document import Section, SectionKind
from concertoit.together.plans.services import indexing
from concertoit.together.plans.services.participants import Arrivals
from concertoit.together.plans.services.versions import unused_items


@dataclass(slots=True)
class Undo:
    """Primary keys of everything a confirmation created.

    ``plan`` is empty when the plan existed; ``texts`` are those that an empty draft had before the import filled it,
    empty (``None``) when the import opened the draft itself.
    """

    plan: int | None
    version: int
    items: list[int]
    indicators: list[int]
    priorities: list[int]
    committees: list[int]
    arrivals: dict[str, list[int]]
    cycle: list[int]
    spendings: list[int] = field(default_factory=list)
    texts: list[dict[str, str]] | None = field(default=None)


@transaction.atomic
def undo(*, viewer: Viewer, brought: PlanImport) -> None:
    """Take a confirmed import back. Raises ``DomainError`` once the version is no longer a draft."""
    viewer.must("plan.import")
    brought = PlanImport.objects.select_for_update().get(pk=brought.pk)
    version = brought.version
    if brought.state != ImportState.CONFIRMED or version is None or version.state != VersionState.DRAFT:
        raise DomainError(_("Cet import ne peut plus être annulé : la version n’est plus une ébauche."))
    made = Undo(**brought.undo)
    brought.state, brought.version = ImportState.UNDONE, None
    if made.plan is not None:
        brought.plan = None
    brought.save()
    journal(viewer, "plan.import_undone", brought)
    _empty(version, made.texts)
    CycleStep.objects.filter(pk__in=made.cycle).delete()
    Indicator.objects.filter(pk__in=made.indicators, measures=None).delete()
    Spending.objects.filter(pk__in=made.spendings).delete()
    unused_items(version.plan_id).filter(pk__in=made.items).delete()
    _forget_names(viewer.space, made)
    indexing.said_changed(Plan.objects.get(pk=version.plan_id))
    if made.plan is not None and not PlanVersion.objects.filter(plan_id=made.plan).exists():
        Plan.objects.filter(pk=made.plan, items=None).delete()


def _empty(version: PlanVersion, texts: list[dict[str, str]] | None) -> None:
    """Take away the draft that the import opened, or give the one it filled its texts again."""
    if texts is None:
        # The key is kept on the object, for what follows.
        PlanVersion.objects.filter(pk=version.pk).delete()
        return
    version.nodes.all().delete()
    version.sections.all().delete()
    PlanSection.objects.bulk_create(
        PlanSection(space_id=version.space_id, version=version, position=position, **text)
        for position, text in enumerate(texts)
    )


def _forget_names(space: Space, made: Undo) -> None:
    """Delete the priorities, committees, memberships, people and organisations that nothing else names."""
    tagged = NodePriority.objects.filter(priority_id__in=made.priorities).values("priority_id")
    CrossCuttingPriority.objects.filter(pk__in=made.priorities).exclude(pk__in=tagged).delete()
    named = NodeActor.objects.filter(committee_id__in=made.committees).values("committee_id")
    others = Committee.objects.filter(merged_into__in=made.committees).exclude(pk__in=made.committees)
    unused = Committee.objects.filter(pk__in=made.committees, seats=None).exclude(pk__in=named)
    unused.exclude(pk__in=others.values("merged_into")).delete()
    arrived = Membership.objects.filter(pk__in=made.arrivals["memberships"])
    joined = {pk for pk in arrived.values_list("organisation_id", flat=True) if pk}
    arrived.filter(seats=None, invitations=None).delete()
    Arrivals(**made.arrivals).remove_unused()
    indexing.brought_in(
        space,
        organisations=joined.union(made.arrivals["organisations"]),
        people=made.arrivals["people"],
        committees=made.committees,
    )


def sections_of(texts: Iterable[Mapping[str, str]]) -> list[Section]:
    """The kept texts of a draft as parts of a document."""
    return [Section(SectionKind(text["kind"]), text["body"], text["heading"]) for text in texts]


def journal(viewer: Viewer, verb: str, brought: PlanImport, **values: Any) -> None:
    """A line of the journal about an import."""
    record(
        actor=viewer.user,
        verb=verb,
        object_type="plans.import",
        object_id=brought.pk,
        object_label=brought.name,
        space_id=brought.space_id,
        **values,
    )
