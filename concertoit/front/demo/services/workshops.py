"""Deciding together in the example: the workshop of November, the review of January, and what is open today."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from concertoit.front.demo.services.clock import at
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.models import Notice
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.decisions.enums import HatColour, ReviewManner, ReviewVerdict, WorkshopMode
from concertoit.together.decisions.models import Idea, ProposedAction, Review, Workshop
from concertoit.together.decisions.services import ideas, review_outcome, reviews, sorting, workshops
from concertoit.together.decisions.services.ideas import Signature
from concertoit.together.decisions.services.workshops import Preparation
from concertoit.together.plans.enums import VersionState
from concertoit.together.plans.models import PlanItem, PlanNode, PlanVersion
from concertoit.together.plans.services.arranging import arrange
from concertoit.together.plans.services.versions import copy_content, freeze

HOME = ZoneInfo("America/Toronto")
WORKSHOP = datetime(2025, 11, 18, 13, 30, tzinfo=HOME)
REVIEW = datetime(2026, 1, 13, 9, 0, tzinfo=HOME)
BEFORE = date(2024, 2, 20)  # the adoption of the previous version

# What the workshop brought into the plan: code of the action, the group it comes from, its ideas by hat.
NEW: list[tuple[str, str, list[tuple[HatColour, str]]]] = [
    ("1.3.2", "Une personne sur le terrain", [
        (HatColour.GREEN, "Quelqu’un qui va d’un projet à l’autre et aide à avancer"),
        (HatColour.GREEN, "Partager une personne-ressource entre plusieurs organismes"),
        (HatColour.WHITE, "Les petits organismes n’ont personne pour monter un projet"),
        (HatColour.YELLOW, "Un projet accompagné aboutit plus vite"),
        (HatColour.BLACK, "Sans financement stable, la personne partira au bout d’un an"),
    ]),
    ("3.1.2", "Savoir ce que les villes peuvent faire", [
        (HatColour.GREEN, "Un tableau des leviers municipaux, tenu à jour"),
        (HatColour.WHITE, "Plusieurs villes ne savent pas ce que les autres ont essayé"),
        (HatColour.BLUE, "Demander d’abord aux MRC ce qui leur servirait"),
    ]),
    ("4.3.2", "Rester chez soi plus longtemps", [
        (HatColour.GREEN, "Un service de menus travaux à prix modique"),
        (HatColour.RED, "On a peur de déranger pour une ampoule ou une rampe"),
        (HatColour.YELLOW, "De petits travaux évitent de grands déménagements"),
        (HatColour.BLACK, "Attention aux assurances et aux permis"),
    ]),
]  # fmt: skip
LOOSE: list[tuple[HatColour, str]] = [
    (HatColour.BLUE, "Revenir aux axes avant d’ajouter quoi que ce soit"),
    (HatColour.WHITE, "Les listes d’attente s’allongent partout"),
    (HatColour.RED, "De la fatigue, et de la fierté d’être encore là"),
    (HatColour.RED, "Fatigue d’expliquer toujours la même chose"),
    (HatColour.YELLOW, "On se connaît mieux qu’il y a trois ans"),
    (HatColour.BLACK, "Trop d’actions pour le monde que nous sommes"),
]
SAME = (
    "Quelqu’un qui va d’un projet à l’autre et aide à avancer",
    "Partager une personne-ressource entre plusieurs organismes",
)
# The previous version said otherwise: code, title then, why it was corrected.
FIXED: list[tuple[str, str, str]] = [
    ("1.3.1", "Créer une vitrine des ressources", "La Vitrine existe : il s’agit maintenant de la faire vivre."),
    ("2.1.5", "Communiquer entre les instances", "Trop large; ce sont les canaux qu’il faut améliorer."),
    ("3.2.2", "Monter un centre de documentation", "Un classement accessible suffit et coûte moins."),
]
# What it had and is no more: objective, title, why it was stopped.
STOPPED: list[tuple[str, str, str]] = [
    (
        "1.1",
        "Tenir un salon annuel de l’habitation",
        "Beaucoup d’efforts pour peu de retombées; les plénières suffisent.",
    ),
    ("2.2", "Publier un bulletin imprimé", "Personne ne le lit plus; l’infolettre l’a remplacé."),
]


def tell_workshops(viewer: Viewer, version: PlanVersion) -> None:
    """Before the version of 2026 is adopted: the previous one, the workshop it comes from, the review between the two."""
    codes = {node.canonical: node for node in PlanNode.objects.filter(version=version).select_related("item")}
    previous = _previous(viewer, version, codes)
    _workshop(viewer, codes)
    _review(viewer, previous, codes)
    Notice.objects.filter(kind__startswith="decisions.").update(read_at=timezone.now())


def _previous(viewer: Viewer, version: PlanVersion, codes: dict[str, PlanNode]) -> PlanVersion:
    """The version before: without what the workshop brought, with what the review stopped, in its own words."""
    previous = PlanVersion.objects.create(
        space=version.space,
        plan=version.plan,
        number=version.number - 1,
        state=VersionState.CURRENT,
        adopted_on=BEFORE,
    )
    copy_content(source=version, target=previous)
    nodes = {node.item_id: node for node in PlanNode.objects.filter(version=previous)}
    for code, _group, _ideas in NEW:
        nodes[codes[code].item_id].delete()
    for code, title, _why in FIXED:
        PlanNode.objects.filter(version=previous, item=codes[code].item).update(title=title)
    for code, title, _why in STOPPED:
        item = PlanItem.objects.create(space=version.space, plan=version.plan, kind="action")
        parent = nodes[codes[code].item_id]
        PlanNode.objects.create(
            space=version.space, version=previous, item=item, kind="action", parent=parent, title=title, order=10**9
        )
    arrange(previous)
    freeze(version=previous, user=viewer.user)
    then = datetime(BEFORE.year, BEFORE.month, BEFORE.day, 16, 30, tzinfo=HOME)
    PlanVersion.objects.filter(pk=previous.pk).update(frozen_at=then, created_at=then)
    PlanVersion.objects.filter(pk=version.pk).update(based_on=previous)
    version.based_on = previous
    return previous


def _workshop(viewer: Viewer, codes: dict[str, PlanNode]) -> None:
    said = Preparation(
        title="Atelier des six chapeaux", on=WORKSHOP.date(), mode=WorkshopMode.NAMELESS,
        question="Que devrait faire le chantier d’ici 2028, et que devrait-il cesser de faire?",
        hats=dict.fromkeys(HatColour, 10),
    )  # fmt: skip
    with at(WORKSHOP - timedelta(days=6)):
        workshop = workshops.prepare(viewer=viewer, said=said)
    with at(WORKSHOP):
        workshops.open_workshop(viewer=viewer, workshop_id=workshop.pk)
    spoken = [*LOOSE, *((hat, text) for _code, _group, lines in NEW for hat, text in lines)]
    for turn, hat in enumerate(workshop.hats.order_by("position")):
        with at(WORKSHOP + timedelta(minutes=12 * turn)):
            workshops.open_hat(viewer=viewer, workshop_id=workshop.pk, hat_id=hat.pk)
            _say(workshop, hat.pk, [text for colour, text in spoken if colour == hat.colour])
    with at(WORKSHOP + timedelta(minutes=80)):
        workshops.close_workshop(viewer=viewer, workshop_id=workshop.pk)
    with at(WORKSHOP + timedelta(days=3)):
        _sort(viewer, workshop, codes)


def _say(workshop: Workshop, hat_id: int, texts: list[str]) -> None:
    for text in texts:
        ideas.add_idea(workshop=workshop, hat_id=hat_id, client_id=uuid.uuid4(), text=text, by=Signature())


def _sort(viewer: Viewer, workshop: Workshop, codes: dict[str, PlanNode]) -> None:
    """Duplicates merged, groups made, and the lineage of the actions that the plan took from them."""
    by_text = {idea.text: idea for idea in Idea.objects.filter(workshop=workshop)}
    sorting.merge(viewer=viewer, workshop_id=workshop.pk, ids=[by_text[text].pk for text in SAME])
    for code, title, lines in NEW:
        chosen = [by_text[text] for _hat, text in lines]
        loose = [one.pk for one in chosen if one.text not in SAME[1:]]
        group = sorting.put_in_group(viewer=viewer, workshop_id=workshop.pk, ids=loose, title=title)
        axis = codes[code].axis
        if group is not None and axis is not None:
            group.axis = axis.item
            group.save(update_fields=["axis"])
        node = codes[code]
        proposal = ProposedAction.objects.create(
            space=workshop.space, workshop=workshop, item=node.item, group=group, title=node.title
        )
        proposal.ideas.set(chosen)
        workshops.journal(viewer, "workshop.proposed", workshop, after={"action": str(node)})


def _review(viewer: Viewer, previous: PlanVersion, codes: dict[str, PlanNode]) -> None:
    """January, in the coordination committee: every action of the previous version gets its outcome."""
    with at(REVIEW):
        review = reviews.prepare(viewer=viewer, title="Révision des actions 2023-2025", manner=ReviewManner.TOGETHER)
        reviews.open_review(viewer=viewer, review_id=review.pk)
    with at(REVIEW + timedelta(hours=2)):
        _settle(viewer, review, codes)
        reviews.close_review(viewer=viewer, review_id=review.pk)
    with at(REVIEW + timedelta(hours=5)):
        review_outcome.apply(viewer=viewer, review_id=review.pk)


def _settle(viewer: Viewer, review: Review, codes: dict[str, PlanNode]) -> None:
    by_title = {action.title: action for action in review.actions.all()}
    for _objective, title, why in STOPPED:
        reviews.settle(
            viewer=viewer, review_id=review.pk, action_id=by_title[title].pk, outcome=ReviewVerdict.STOP, reason=why
        )
    for code, title, why in FIXED:
        node = codes[code]
        reviews.settle(
            viewer=viewer, review_id=review.pk, action_id=by_title[title].pk, outcome=ReviewVerdict.FIX, reason=why,
            new_title=node.title, new_description=node.description,
        )  # fmt: skip
    reviews.keep_the_rest(viewer=viewer, review_id=review.pk)


# What partners already say in the review that is open: by person, code of the action, verdict, reason.
OPINIONS: list[tuple[str, str, str, str]] = [
    ("marc", "1.3.1", "keep", ""),
    ("marc", "2.2.2", "fix", "Dire ce qu’on attend de chaque instance, en une page."),
    ("marc", "2.3.3", "keep", ""),
    ("louise", "1.3.1", "fix", "Ajouter les mises à jour aux tâches de quelqu’un, sinon la Vitrine vieillit."),
    ("louise", "1.3.2", "keep", ""),
    ("louise", "2.2.2", "keep", ""),
    ("sylvie", "2.2.2", "stop", "C’est fait : le reste relève du comité de coordination."),
    ("sylvie", "1.3.1", "keep", ""),
]


def tell_today(viewer: Viewer, users: dict[str, User]) -> None:
    """What is open now: a review that asks partners for their opinion, and the next workshop in preparation."""
    today = timezone.now()
    with at(today - timedelta(days=6)):
        review = reviews.prepare(
            viewer=viewer, title="Révision de mi-parcours", manner=ReviewManner.PARTNERS,
            closes_on=timezone.localdate() + timedelta(days=16),
        )  # fmt: skip
        reviews.open_review(viewer=viewer, review_id=review.pk)
    by_code = {action.code: action for action in review.actions.all()}
    said: dict[str, dict[int, tuple[str, str]]] = {}
    for who, code, verdict, reason in OPINIONS:
        said.setdefault(who, {})[by_code[code].pk] = (verdict, reason)
    for days, (who, lines) in enumerate(said.items(), start=1):
        with at(today - timedelta(days=5 - days)):
            _give(viewer, review, users[who], lines)
    with at(today - timedelta(days=2)):
        workshops.prepare(
            viewer=viewer,
            said=Preparation(
                title="Atelier d’idées de l’hiver", on=timezone.localdate() + timedelta(days=20),
                mode=WorkshopMode.ORGANISATION,
                question="Comment garder abordables les logements qui le sont encore?",
            ),
        )  # fmt: skip


def _give(viewer: Viewer, review: Review, user: User, lines: dict[int, Any]) -> None:
    speaker = viewer_for(user, viewer.space.slug)
    reviews.give_opinion(
        viewer=speaker, review_id=review.pk, organisation_id=min(speaker.organisation_ids), said=lines
    )  # fmt: skip
