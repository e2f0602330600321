"""What of plans can be searched: the elements of the versions in force, what was said of them, and filings.

Services call these in their own transaction. An element is found from the day its version is in force: what is written
in a draft is nobody's business yet. What was said of an element is found as long as its page is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concertoit.ground.core.jobs import enqueue
from concertoit.ground.core.spoken import date_short
from concertoit.ground.search.policies import Doc, Searchable, register
from concertoit.ground.search.services import index_many, remove
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.services import indexing as spaces
from concertoit.ground.ui.components import link_to
from concertoit.together.plans.enums import NODE_KIND_LABELS, VersionState
from concertoit.together.plans.models import (
    Comment,
    Filing,
    NodeActor,
    Plan,
    PlanItem,
    PlanNode,
    PlanVersion,
    ProgressNote,
)
from concertoit.together.plans.rules.document import NodeKind

NOTE, COMMENT, FILING = "plans.note", "plans.comment", "plans.filing"
ICONS = {
    NodeKind.AXIS: "layers",
    NodeKind.OBJECTIVE: "bullseye",
    NodeKind.ACTION: "diagram-3",
    NodeKind.OUTCOME: "flag",
    NodeKind.STEP: "check2-square",
}
# What people write to give their words a form is not their words.
_MARKS = re.compile(r"[*_`#>]+")
# A statement names at most this many things.
BATCH = 5000


def kind_of(level: str) -> str:
    """The kind of document of a level of the plan."""
    return f"plans.{level}"


def declare() -> None:
    """Say what can be found, and by whom: the plan by everybody in the démarche, what is said of it by its roles."""
    for level, label in NODE_KIND_LABELS.items():
        register(Searchable(kind_of(level), label, ICONS[level], partial(node_docs, level=level)))
    register(Searchable(NOTE, _("Nouvelle"), "chat-left-text", note_docs, verb="plan.notes.view"))
    register(Searchable(COMMENT, _("Commentaire"), "chat-quote", comment_docs, verb="plan.comment"))
    register(Searchable(FILING, _("Dépôt"), "send", filing_docs))


# --- when something changed -----------------------------------------------------------------------------------------


def put_in_force(version: PlanVersion) -> None:
    """Ask that the search follows a version that comes into force: a plan of 2,000 actions takes seconds, which nobody
    should wait for. The key names the version, so that a job that runs for the one before does not stand for this one.
    """
    enqueue(
        "plans.index",
        payload={"plan": version.plan_id},
        space_id=version.space_id,
        dedup_key=f"{version.plan_id}:{version.pk}",
    )


def index_plan(plan: Plan) -> None:
    """Keep what the version in force says, forget what it no longer says.

    Nothing is locked meanwhile; when another version came into force during the work, the work is done again.
    """
    seen = None
    while (now := _in_force(plan)) != seen:
        _index(plan)
        seen = now


def _in_force(plan: Plan) -> int:
    """The version in force; zero while there is none."""
    rows = PlanVersion.objects.filter(plan=plan, state=VersionState.CURRENT)
    return rows.values_list("pk", flat=True).first() or 0


def _index(plan: Plan) -> None:
    shown: dict[str, set[object]] = {}
    for level in NodeKind:
        docs = list(node_docs(level=level, plan_id=plan.pk))
        index_many(kind=kind_of(level), docs=docs)
        shown[level] = {doc.object_id for doc in docs}
    gone: dict[str, set[object]] = defaultdict(set)
    for pk, code in PlanItem.objects.filter(plan=plan).order_by().values_list("pk", "kind"):
        if pk not in shown[code]:
            gone[kind_of(code)].add(pk)
    for kind, ids in gone.items():
        forget(kind, ids)
    said_changed(plan)
    actors = NodeActor.objects.filter(version__plan=plan).order_by()
    named = set(actors.values_list("organisation_id", "committee_id"))
    brought_in(
        plan.space,
        organisations={organisation for organisation, _committee in named if organisation},
        committees={committee for _organisation, committee in named if committee},
    )


def said_changed(plan: Plan) -> None:
    """Elements came into the plan or left it: keep what was said of those whose page is shown."""
    for kind, model, docs_of in ((NOTE, ProgressNote, note_docs), (COMMENT, Comment, comment_docs)):
        rows: QuerySet[Any] = model._default_manager.filter(item__plan=plan).order_by()
        known = set(rows.values_list("pk", flat=True))  # before: what is said meanwhile is not to be forgotten
        said = list(docs_of(plan_id=plan.pk))
        index_many(kind=kind, docs=said)
        forget(kind, known - {doc.object_id for doc in said})


def brought_in(
    space: Space, *, organisations: Iterable[int] = (), people: Iterable[int] = (), committees: Iterable[int] = ()
) -> None:
    """Keep those whom a document or a plan names, and forget those who went away with it."""
    spaces.organisations_changed(organisations, space)
    spaces.people_changed(people, space)
    spaces.committees_changed(space, committees)


def forget(kind: str, ids: Iterable[object]) -> None:
    """Forget many things of a kind."""
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        remove(kind=kind, object_ids=batch)


def note_written(note: ProgressNote) -> None:
    """Keep a note, in the place of the one it corrects."""
    index_many(kind=NOTE, docs=note_docs(ids=[note.pk]))
    if note.replaces_id:
        remove(kind=NOTE, object_ids=[note.replaces_id])


def comment_written(comment: Comment) -> None:
    """Keep a comment; forget one that was withdrawn."""
    if comment.withdrawn_at:
        remove(kind=COMMENT, object_ids=[comment.pk])
    else:
        index_many(kind=COMMENT, docs=comment_docs(ids=[comment.pk]))


def filed(filing: Filing) -> None:
    """Keep a filing."""
    index_many(kind=FILING, docs=filing_docs(ids=[filing.pk]))


# --- what there is --------------------------------------------------------------------------------------------------


def node_docs(*, level: str, plan_id: int | None = None) -> Iterator[Doc]:
    """The elements of one level in the versions in force, with who takes part in them; two queries."""
    nodes = PlanNode.objects.filter(version__state=VersionState.CURRENT, kind=level)
    actors = NodeActor.objects.filter(node__version__state=VersionState.CURRENT, node__kind=level)
    if plan_id is not None:
        nodes, actors = nodes.filter(version__plan=plan_id), actors.filter(version__plan=plan_id)
    names: dict[int, list[str]] = defaultdict(list)
    for node_id, *words in actors.order_by("node_id", "position", "id").values_list(
        "node_id", "name", "precision", "organisation__name", "organisation__short_name", "committee__name"
    ):
        names[node_id] += [word for word in words if word]
    rows = nodes.order_by("version_id", "order", "id").values_list(
        "pk", "item_id", "space_id", "space__slug", "written", "canonical", "title", "description", "group",
        "parent__item_id", "parent__kind", "action__item_id",
    )  # fmt: skip
    pages: dict[str, str] = {}
    for pk, item, space, slug, written, canonical, title, text, group, parent, parent_kind, action in rows:
        if slug not in pages:  # asked once for each démarche: a plan has thousands of elements
            pages[slug] = _address(slug, 0).removesuffix("0/")
        holder = parent if parent_kind in (NodeKind.ACTION, NodeKind.OUTCOME) else action
        # A step is shown where it is done: among those of its outcome or of its action.
        stepwise = level == NodeKind.STEP and holder
        address = f"{pages[slug]}{holder}/#etape-{item}" if stepwise else f"{pages[slug]}{item}/"
        code = written or canonical
        # The number of the place is found too, where the title does not begin with it.
        place = canonical if canonical != code or level == NodeKind.STEP else ""
        body = " · ".join(dict.fromkeys(part for part in (text, group, *names[pk], place) if part))
        yield Doc(item, f"{code} {title}".strip() if level != NodeKind.STEP else title, address, body, space)


def _address(slug: str, item_id: int) -> str:
    return reverse("plans:item", kwargs={"slug": slug, "item_id": item_id})


def note_docs(*, plan_id: int | None = None, ids: list[int] | None = None) -> Iterator[Doc]:
    """Notes still standing about elements whose page is shown."""
    return _said(ProgressNote.objects.filter(replaced_by=None), "note", plan_id, ids)


def comment_docs(*, plan_id: int | None = None, ids: list[int] | None = None) -> Iterator[Doc]:
    """Comments not withdrawn about elements whose page is shown."""
    return _said(Comment.objects.filter(withdrawn_at=None), "comment", plan_id, ids)


def _said(rows: Any, what: str, plan_id: int | None, ids: list[int] | None) -> Iterator[Doc]:
    if plan_id is not None:
        rows = rows.filter(item__plan=plan_id)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    in_force = PlanVersion.objects.filter(plan=OuterRef("version__plan"), state=VersionState.CURRENT)
    shown = Q(version__state=VersionState.CURRENT) | (Q(version__state=VersionState.DRAFT) & ~Exists(in_force))
    nodes = PlanNode.objects.filter(shown, item__in=rows.order_by().values("item_id")).order_by()
    titles = {
        item: f"{written or canonical} {title}".strip()
        for item, written, canonical, title in nodes.values_list("item_id", "written", "canonical", "title")
    }
    for pk, item, body, space, slug in rows.order_by("pk").values_list(
        "pk", "item_id", "body", "space_id", "space__slug"
    ):
        if item in titles:
            yield Doc(pk, titles[item], f"{_address(slug, item)}#dit-{what}-{pk}", _MARKS.sub("", body), space)


def filing_docs(*, ids: list[int] | None = None) -> Iterator[Doc]:
    """Filings, each on its page; without the room of filings, on the version that was filed."""
    rows = Filing.objects.select_related("space", "version__plan").defer("snapshot", "version__snapshot")
    for filing in (rows if ids is None else rows.filter(pk__in=ids)).order_by("pk"):
        slug = filing.space.slug
        page = link_to("reporting:filing", slug=slug, filing_id=filing.pk)
        version = reverse("plans:version", kwargs={"slug": slug, "number": filing.version.number})
        body = " · ".join(part for part in (filing.version.plan.title, filing.note) if part)
        yield Doc(
            filing.pk, f"{filing.recipient}, {date_short(filing.filed_on)}", page or version, body, filing.space_id
        )
