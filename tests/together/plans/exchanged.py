"""What goes in and out of a plan, for tests that need one of each: import, filing, step of the cycle, alignment."""

from __future__ import annotations

from datetime import date
from typing import Any

from concertoit.ground.spaces.enums import SpaceKind
from concertoit.ground.spaces.models import Space
from concertoit.together.plans.models import (
    Alignment,
    CycleStep,
    Filing,
    Plan,
    PlanImport,
    PlanItem,
    PlanNode,
    PlanSection,
    PlanVersion,
)
from concertoit.together.plans.services import filing, importing, reading, versions
from tests.personas import Table

PASTED = """Axe 1 Se loger
Objectif 1.1 Garder les logements

| No | Action | Responsable | Échéancier | Budget |
| --- | --- | --- | --- | --- |
| 1.1.1 | Ouvrir un registre des logements | Organisme X | 2026-2027 | 1 200,00 $ |
| 1.1.2 | Visiter les immeubles | Organisme Z | 2027-2028 | |

Un paragraphe qui ne trouve pas sa place dans le plan.
"""


def import_of(table: Table, *, unplaced: bool = True) -> PlanImport:
    """A document brought in by the coordination and not confirmed yet; it has a text without a place."""
    found = PlanImport.objects.filter(space=table.space, state="preview").first()
    if found is not None:
        return found
    viewer = table.viewer("coordinator")
    made = reading.start_import(viewer=viewer, name="plan.md", data=PASTED.encode(), plan=table.plan)
    understanding = importing.understood(made)
    if unplaced and not understanding.unplaced:
        understanding.unplaced.append(("texte 1", "Un paragraphe sans place."))
        importing.correct(viewer=viewer, brought=made, understanding=understanding)
    return made


def long_import_of(table: Table) -> PlanImport:
    """A document that may be long, brought in by the coordination: a job is to read it."""
    found = PlanImport.objects.filter(space=table.space, state="reading").first()
    return found or reading.bring_in(viewer=table.viewer("coordinator"), name="plan.pdf", data=b"%PDF-1.7 essai")


def node_of(brought: PlanImport, kind: str = "action") -> str:
    """The id, in the preview, of its first node of a level."""
    return next(n.id for n in importing.understood(brought).document.walk() if n.kind == kind)


def frozen_of(table: Table) -> PlanVersion:
    """The version in force, frozen."""
    if not table.version.is_frozen:
        versions.freeze(version=table.version, user=table.user("coordinator"))
    return table.version


def filing_of(table: Table) -> Filing:
    found = Filing.objects.filter(space=table.space).first()
    return found or filing.file_plan(
        viewer=table.viewer("coordinator"),
        version=frozen_of(table),
        recipient="Bailleur d’essai",
        filed_on=date(2026, 5, 1),
    )


def cycle_step_of(table: Table) -> CycleStep:
    return CycleStep.objects.get_or_create(space=table.space, plan=table.plan, title="Consulter", position=0)[0]


def section_of(table: Table) -> PlanSection:
    return PlanSection.objects.get_or_create(
        space=table.space, version=table.draft, kind="follow_up", heading="", defaults={"body": "Deux rencontres."}
    )[0]


def neighbour() -> Space:
    """Another démarche, with a plan in force of one action that everybody may see."""
    space, made = Space.objects.get_or_create(
        slug="comite-voisin",
        defaults={"name": "Comité voisin", "kind": SpaceKind.LOCAL_COMMITTEE, "is_public": True},
    )
    if made:
        plan = Plan.objects.create(space=space, title="Plan voisin")
        version = PlanVersion.objects.create(space=space, plan=plan, number=1, state="current")
        item = PlanItem.objects.create(space=space, plan=plan, kind="action")
        PlanNode.objects.create(
            space=space,
            version=version,
            item=item,
            kind="action",
            order=1,
            written="1",
            canonical="1",
            title="Voisine",
        )
    return space


def neighbour_item() -> PlanItem:
    return PlanItem.objects.filter(space=neighbour()).earliest("pk")


def alignment_of(table: Table, *, to_us: bool = False) -> Alignment:
    """A proposal between the plan's action and the neighbour's, made by us or to us."""
    ends: Any = [(table.space, table.action), (neighbour(), neighbour_item())]
    (space, item), (other_space, other_item) = reversed(ends) if to_us else ends
    return Alignment.objects.get_or_create(
        space=space, item=item, other_space=other_space, other_item=other_item, defaults={"note": "Même quartier."}
    )[0]
