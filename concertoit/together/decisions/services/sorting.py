"""Sorting ideas: duplicates merged and split again, groups, axes, and the action that an idea becomes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from concertoit.ground.core.errors import DomainError, NotVisible, must_exist
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import Idea, IdeaGroup, ProposedAction, Workshop
from concertoit.together.decisions.rules.workshops import proposal_description
from concertoit.together.decisions.services import workshop_index
from concertoit.together.decisions.services.workshops import journal, locked, shown_changed
from concertoit.together.plans.models import PlanItem, PlanNode, PlanVersion
from concertoit.together.plans.queries.items import plan_of
from concertoit.together.plans.rules.document import NodeKind
from concertoit.together.plans.services.content import NodeContent, add_node
from concertoit.together.plans.services.versions import open_draft

TITLE_LENGTH = 200


def _run(viewer: Viewer, workshop_id: int) -> Workshop:
    viewer.must("workshop.run")
    return locked(viewer, workshop_id)


def _chosen(workshop: Workshop, ids: Sequence[int], least: int = 1) -> list[Idea]:
    """The ideas chosen, in their order on the wall. Raises ``NotVisible`` when one is not of this workshop."""
    rows = list(Idea.objects.filter(workshop=workshop, pk__in=ids).order_by("pk"))
    if len(rows) != len(set(ids)):
        raise NotVisible("")
    if len(rows) < least:
        raise DomainError(
            _("Choisissez au moins deux idées à fusionner.") if least > 1 else _("Choisissez au moins une idée.")
        )
    return rows


@transaction.atomic
def merge(*, viewer: Viewer, workshop_id: int, ids: Sequence[int]) -> Idea:
    """Say that ideas are the same: the first said stands for all, the words of each are kept under it."""
    workshop = _run(viewer, workshop_id)
    rows = _chosen(workshop, ids, least=2)
    kept, others = rows[0], [row.pk for row in rows[1:]]
    if kept.merged_into_id is not None:
        raise DomainError(_("Cette idée est déjà le doublon d’une autre. Séparez-la d’abord."))
    # What had duplicates of its own brings them along.
    Idea.objects.filter(workshop=workshop, merged_into__in=others).update(merged_into=kept)
    Idea.objects.filter(pk__in=others).update(merged_into=kept, group=None)
    shown_changed(workshop.pk)
    journal(viewer, "workshop.merged", workshop, after={"idea": kept.text, "merged": [row.text for row in rows[1:]]})
    return kept


@transaction.atomic
def split(*, viewer: Viewer, workshop_id: int, idea_id: int) -> int:
    """Take a merge back: the duplicates of an idea stand by themselves again, in its group; answers how many."""
    workshop = _run(viewer, workshop_id)
    kept = _chosen(workshop, [idea_id])[0]
    count = Idea.objects.filter(workshop=workshop, merged_into=kept).update(merged_into=None, group=kept.group)
    if count:
        shown_changed(workshop.pk)
        journal(viewer, "workshop.split", workshop, after={"idea": kept.text})
    return count


@transaction.atomic
def put_in_group(
    *, viewer: Viewer, workshop_id: int, ids: Sequence[int], group_id: int | None = None, title: str = ""
) -> IdeaGroup | None:
    """Put ideas in a group, in a new one under a title, or out of any group (neither). Answers the group."""
    workshop = _run(viewer, workshop_id)
    rows = _chosen(workshop, ids)
    group: IdeaGroup | None = None
    if title.strip():
        group = _new_group(viewer, workshop, title)
    elif group_id is not None:
        group = group_of(workshop, group_id)
    Idea.objects.filter(pk__in=[row.pk for row in rows]).update(group=group)
    shown_changed(workshop.pk)
    return group


def _new_group(viewer: Viewer, workshop: Workshop, title: str) -> IdeaGroup:
    group = IdeaGroup.objects.create(
        space_id=workshop.space_id, workshop=workshop, title=title.strip()[:TITLE_LENGTH],
        position=workshop.groups.count(),
    )  # fmt: skip
    journal(viewer, "workshop.group_added", workshop, after={"group": group.title})
    workshop_index.written(workshop)
    return group


def group_of(workshop: Workshop, group_id: int) -> IdeaGroup:
    """A group of a workshop. Raises ``NotVisible`` for another's."""
    return must_exist(IdeaGroup.objects.filter(workshop=workshop, pk=group_id).first())


@transaction.atomic
def change_group(*, viewer: Viewer, workshop_id: int, group_id: int, title: str, axis_id: int | None) -> IdeaGroup:
    """Rename a group and say under which axis it goes."""
    workshop = _run(viewer, workshop_id)
    group = group_of(workshop, group_id)
    if not title.strip():
        raise DomainError(_("Donnez un titre au groupe."), field="title")
    before = {"group": group.title}
    group.title, group.axis = title.strip()[:TITLE_LENGTH], _axis(workshop, axis_id)
    group.save()
    shown_changed(workshop.pk)
    workshop_index.written(workshop)
    journal(viewer, "workshop.group_changed", workshop, before=before, after={"group": group.title})
    return group


@transaction.atomic
def remove_group(*, viewer: Viewer, workshop_id: int, group_id: int) -> None:
    """Undo a group: its ideas are loose again."""
    workshop = _run(viewer, workshop_id)
    group = group_of(workshop, group_id)
    journal(viewer, "workshop.group_removed", workshop, before={"group": group.title})
    group.delete()
    workshop_index.written(workshop)
    shown_changed(workshop.pk)


@transaction.atomic
def link_to_axis(*, viewer: Viewer, workshop_id: int, ids: Sequence[int], axis_id: int | None) -> None:
    """Say under which axis of the plan ideas go (or under none)."""
    workshop = _run(viewer, workshop_id)
    rows = _chosen(workshop, ids)
    Idea.objects.filter(pk__in=[row.pk for row in rows]).update(axis=_axis(workshop, axis_id))
    shown_changed(workshop.pk)


def _axis(workshop: Workshop, axis_id: int | None) -> PlanItem | None:
    if axis_id is None:
        return None
    return must_exist(PlanItem.objects.filter(space_id=workshop.space_id, pk=axis_id, kind=NodeKind.AXIS).first())


def draft_for_proposals(viewer: Viewer) -> PlanVersion:
    """The draft where proposals go, opened when there is none. Raises ``DomainError`` without a plan."""
    plan = plan_of(viewer.space)
    if plan is None:
        raise DomainError(_("Cette démarche n’a pas encore de plan. Créez-le ou importez-le d’abord."))
    return open_draft(viewer=viewer, plan=plan)


@transaction.atomic
def propose_action(
    *,
    viewer: Viewer,
    workshop_id: int,
    ids: Sequence[int],
    title: str,
    description: str,
    parent_item_id: int | None,
    group_id: int | None = None,
) -> ProposedAction:
    """Make ideas an action of the draft, under an axis or an objective; the action keeps knowing its ideas.

    Opens a draft when there is none. Raises ``DomainError`` for an empty title, or a parent that the draft has not.
    """
    workshop = _run(viewer, workshop_id)
    rows = _chosen(workshop, ids)
    draft = draft_for_proposals(viewer)
    parent = None
    if parent_item_id is not None:
        parent = PlanNode.objects.filter(version=draft, item_id=parent_item_id).first()
        if parent is None:
            raise DomainError(_("Cet axe ou cet objectif n’est plus dans l’ébauche."), field="parent")
    words = description.strip() or proposal_description([row.text for row in rows])
    node = add_node(
        viewer=viewer, version=draft, kind=NodeKind.ACTION, parent=parent,
        content=NodeContent(title=title, description=words),
    )  # fmt: skip
    group = group_of(workshop, group_id) if group_id is not None else None
    proposal = ProposedAction.objects.create(
        space_id=workshop.space_id, workshop=workshop, item_id=node.item_id, group=group, title=node.title
    )
    proposal.ideas.set([*rows, *Idea.objects.filter(merged_into__in=rows)])
    shown_changed(workshop.pk)
    journal(viewer, "workshop.proposed", workshop, after={"action": str(node), "ideas": [row.text for row in rows]})
    return proposal
