"""Bringing a real plan in, once it is read: look at it, correct it, confirm it in one transaction."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concertoit.ground.core.errors import DomainError
from concertoit.ground.spaces.models import CrossCuttingPriority, Membership, Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.plans.enums import ImportState, VersionState
from concertoit.together.plans.importers.interpret import from_plain, to_plain
from concertoit.together.plans.importers.understand.result import Understanding
from concertoit.together.plans.models import CycleStep, Plan, PlanImport, PlanVersion
from concertoit.together.plans.queries.documents import document_of
from concertoit.together.plans.rules.diff import PlanDiff, compare
from concertoit.together.plans.rules.document import BudgetKind, NodeKind, PlanDocument, SectionKind
from concertoit.together.plans.rules.matching import adopt_ids, fold
from concertoit.together.plans.rules.periods import read_period
from concertoit.together.plans.rules.soundness import Fault, faults
from concertoit.together.plans.services import indexing
from concertoit.together.plans.services.actors import Resolver
from concertoit.together.plans.services.participants import newcomers, welcome
from concertoit.together.plans.services.undoing import Undo, journal, sections_of
from concertoit.together.plans.services.versions import must_be_editable, next_number
from concertoit.together.plans.services.writing import write_document

UNCONFIRMED = (ImportState.READING, ImportState.UNREADABLE, ImportState.PREVIEW)


@transaction.atomic
def correct(*, viewer: Viewer, brought: PlanImport, understanding: Understanding) -> PlanImport:
    """Keep what the person corrected in the preview."""
    viewer.must("plan.import")
    must_be_open(brought)
    brought.understanding = to_plain(understanding)
    brought.save()
    return brought


@transaction.atomic
def discard(*, viewer: Viewer, brought: PlanImport) -> None:
    """Give an import up, even one that is being read; the document and what was understood are forgotten."""
    viewer.must("plan.import")
    must_be_open(brought, *UNCONFIRMED)
    brought.state = ImportState.DISCARDED
    brought.source = b""
    brought.understanding = {}
    brought.save()
    journal(viewer, "plan.import_discarded", brought)


def understood(brought: PlanImport) -> Understanding:
    """The understanding as it stands, corrections included."""
    return from_plain(brought.understanding)


def existing_document(plan: Plan | None) -> PlanDocument | None:
    """What a document that comes in is compared to: the draft that people write, else the version in force."""
    if plan is None:
        return None
    versions = PlanVersion.objects.filter(plan=plan).select_related("plan", "space").order_by("-number")
    by_state = {version.state: version for version in versions if version.nodes.exists()}
    shown = by_state.get(VersionState.DRAFT) or by_state.get(VersionState.CURRENT)
    return document_of(shown) if shown else None


def difference(brought: PlanImport) -> PlanDiff | None:
    """What confirming would change in the existing plan; nothing when there is no plan yet."""
    existing = existing_document(brought.plan)
    if existing is None:
        return None
    incoming = understood(brought).document
    adopt_ids(existing, incoming)
    _keep_what_stays(brought.space, existing, incoming)
    return compare(existing, incoming)


def _keep_what_stays(space: Space, existing: PlanDocument, incoming: PlanDocument) -> None:
    """What confirming leaves as it is, whatever the document says.

    The title, the table and its cycle belong to the démarche; indicators that are followed, and money spent, belong to
    their item, and a document only adds to them. A document without texts says nothing of the plan's own.
    """
    incoming.title = existing.title
    incoming.cycle = existing.cycle or incoming.cycle
    arriving = newcomers(space=space, participants=incoming.participants)
    incoming.participants = [*existing.participants, *arriving]
    incoming.sections = incoming.sections or existing.sections
    followed = {node.id: node.indicators for node in existing.walk()}
    for node in incoming.walk():
        known = {fold(indicator.title) for indicator in followed.get(node.id, [])}
        news = [indicator for indicator in node.indicators if fold(indicator.title) not in known]
        node.indicators = [*followed.get(node.id, []), *news]
        node.budget_lines = [line for line in node.budget_lines if line.kind is BudgetKind.PLANNED]


@transaction.atomic
def confirm(*, viewer: Viewer, brought: PlanImport) -> PlanVersion:
    """Write the understood document into a draft, in one transaction.

    Without a plan, one is created from the document's title and period. With one, the document replaces the content of
    the draft (or opens one), matched item by item so that follow-up stays with its item. Raises ``DomainError`` when the
    document has nothing to import, or when a draft that people work on is already open.
    """
    viewer.must("plan.import")
    must_be_open(brought)
    document = understood(brought).document
    if not any(node.kind is not NodeKind.STEP for node in document.walk()):
        raise DomainError(_("Aucune action n’a été reconnue dans ce document. Précisez le sens des colonnes."))
    _must_hold(document)
    plan, created_plan = _plan_for(viewer, brought, document)
    existing = existing_document(None if created_plan else plan)
    version, texts = _draft_for(plan, created=created_plan)
    if existing is not None:
        adopt_ids(existing, document)
    if not document.sections:
        document.sections = existing.sections if existing is not None else sections_of(texts or [])
    resolver = Resolver(plan.space)
    written = write_document(version=version, document=document, resolver=resolver)
    arrivals = welcome(space=plan.space, participants=document.participants)
    priorities = _narratives(plan, document)
    undo = Undo(
        plan=plan.pk if created_plan else None,
        version=version.pk,
        texts=texts,
        items=written.items,
        indicators=written.indicators,
        spendings=written.spendings,
        priorities=[*written.priorities, *priorities],
        committees=resolver.created_committees,
        arrivals=asdict(arrivals) | {"organisations": [*arrivals.organisations, *resolver.created_organisations]},
        cycle=_cycle(plan, document),
    )
    brought.plan, brought.version = plan, version
    brought.state, brought.confirmed_at = ImportState.CONFIRMED, timezone.now()
    brought.undo = asdict(undo)
    brought.save()
    journal(viewer, "plan.import_confirmed", brought, after={"version": version.number, "plan": plan.title})
    _index(plan.space, undo)
    return version


def _index(space: Space, made: Undo) -> None:
    """What came into the démarche is found at once; the plan, when it comes into force."""
    joined = Membership.objects.filter(pk__in=made.arrivals["memberships"]).values_list("organisation_id", flat=True)
    indexing.brought_in(
        space,
        organisations={*made.arrivals["organisations"], *(pk for pk in joined if pk)},
        people=made.arrivals["people"],
        committees=made.committees,
    )


def _plan_for(viewer: Viewer, brought: PlanImport, document: PlanDocument) -> tuple[Plan, bool]:
    if brought.plan is not None:
        return brought.plan, False
    nodes = list(document.walk())
    starts = [d for d in (document.period.start, *(n.period.start for n in nodes)) if d]
    ends = [d for d in (document.period.end, *(n.period.end for n in nodes)) if d]
    start = document.period.start or (min(starts) if starts else None)
    end = document.period.end or (max(ends) if ends else None)
    title = document.title.strip() or _("Plan d’action")
    if start and end and start > end:
        start = end = None
    return Plan.objects.create(space=viewer.space, title=title[:200], starts_on=start, ends_on=end), True


_FAULTS = {
    Fault.BACKWARDS: gettext_lazy("la fin précède le début"),
    Fault.NEGATIVE: gettext_lazy("le budget est négatif"),
    Fault.TOO_LARGE: gettext_lazy("un montant est trop grand"),
}


def _must_hold(document: PlanDocument) -> None:
    """Raise ``DomainError`` with every element that says what a plan cannot hold."""
    found = [
        f"« {node.written or node.canonical} {node.title[:60]} » : {_FAULTS[fault]}"
        for node, fault in faults(document)
    ]
    if found:
        raise DomainError(_("Corrigez d’abord dans l’aperçu : %(faults)s.") % {"faults": " ; ".join(found[:10])})


def _draft_for(plan: Plan, *, created: bool) -> tuple[PlanVersion, list[dict[str, str]] | None]:
    """(the draft to write into, the texts it had): an empty draft is used again, without its texts, else one opens."""
    open_one = PlanVersion.objects.filter(plan=plan, state=VersionState.DRAFT).first()
    if open_one is None:
        base = None if created else PlanVersion.objects.filter(plan=plan, state=VersionState.CURRENT).first()
        opened = PlanVersion.objects.create(space=plan.space, plan=plan, number=next_number(plan), based_on=base)
        return opened, None
    if open_one.nodes.exists():
        raise DomainError(
            _("Une ébauche est déjà ouverte et contient du travail. Faites-la entrer en vigueur ou abandonnez-la.")
        )
    must_be_editable(open_one)
    rows = open_one.sections.order_by("position", "id")
    texts = [{"kind": row.kind, "heading": row.heading, "body": row.body} for row in rows]
    open_one.sections.all().delete()
    return open_one, texts


def _cycle(plan: Plan, document: PlanDocument) -> list[int]:
    """Steps of the planning cycle, held by the démarche's bodies where their short name is known.

    The form tells steps that were carried out: one whose period is over is done on the last day of that period.
    """
    if CycleStep.objects.filter(plan=plan).exists():
        return []
    bodies = {
        name.casefold(): body
        for body in plan.space.bodies.all()
        for name in (body.name, body.short_name, body.kind)
        if name
    }
    today = timezone.localdate()
    rows = []
    for position, step in enumerate(document.cycle):
        period = read_period(step.when)
        until = step.date or (period.end if period else None)
        first_line, _break, _rest = step.detail.partition("\n")
        rows.append(
            CycleStep(
                space=plan.space,
                plan=plan,
                position=position,
                when=step.when[:120],
                on=step.date,
                title=(step.title or first_line.lstrip("-•* ") or step.body or step.when)[:300],
                detail=step.detail,
                body=bodies.get(step.body.casefold()),
                done_on=until if until and until <= today else None,
            )
        )
    CycleStep.objects.bulk_create(rows)
    return [row.pk for row in rows]


def _narratives(plan: Plan, document: PlanDocument) -> list[int]:
    """Cross-cutting priorities that the document's texts name, with their narrative."""
    made = []
    known = {fold(p.name) for p in plan.space.priorities.all()}
    sections = [s for s in document.sections if s.kind is SectionKind.CROSS_CUTTING and s.heading]
    for position, section in enumerate(sections, start=len(known)):
        if fold(section.heading[:120]) not in known:
            priority = CrossCuttingPriority.objects.create(
                space=plan.space, name=section.heading[:120], narrative=section.body, position=position
            )
            known.add(fold(section.heading[:120]))
            made.append(priority.pk)
    return made


def must_be_open(brought: PlanImport, *states: ImportState) -> None:
    """Read the import as it is now, and hold it until the end of the transaction: the page may have been open for long.

    Raises ``DomainError`` once it is no longer in one of these states (of the preview, unless told).
    """
    brought.refresh_from_db(from_queryset=PlanImport.objects.select_for_update())
    if brought.state == ImportState.READING and brought.state not in states:
        raise DomainError(_("Ce document est encore en lecture."))
    if brought.state not in (states or (ImportState.PREVIEW,)):
        raise DomainError(_("Cet import est déjà terminé."))
