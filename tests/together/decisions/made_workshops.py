"""Workshops and reviews for tests, made through the services."""

from __future__ import annotations

import uuid
from typing import Any

from concertoit.together.decisions.enums import HatColour, ReviewManner, ReviewVerdict, WorkshopMode
from concertoit.together.decisions.models import Hat, Idea, IdeaGroup, Review, Workshop
from concertoit.together.decisions.services import ideas, review_links, review_outcome, reviews, sorting, workshops
from concertoit.together.decisions.services.ideas import Signature
from concertoit.together.decisions.services.workshops import Preparation
from tests.personas import Table

QUESTION = "Comment loger dignement tout le monde d’ici trois ans?"


def prepared(table: Table, mode: str = "nameless", **said: Any) -> Workshop:
    said = {"title": "Atelier d’essai", "question": QUESTION, "mode": WorkshopMode(mode), **said}
    return workshops.prepare(viewer=table.viewer("coordinator"), said=Preparation(**said))


def opened(table: Table, mode: str = "nameless", colour: str = "white") -> Workshop:
    """An open workshop with one hat open."""
    found = Workshop.objects.filter(space=table.space, state="open", mode=mode).first()
    if found is not None:
        return found
    workshop, viewer = prepared(table, mode), table.viewer("coordinator")
    workshops.open_workshop(viewer=viewer, workshop_id=workshop.pk)
    workshops.open_hat(viewer=viewer, workshop_id=workshop.pk, hat_id=hat_of(workshop, colour).pk)
    workshop.refresh_from_db()
    return workshop


def hat_of(workshop: Workshop, colour: str = "white") -> Hat:
    return workshop.hats.get(colour=HatColour(colour))


def said(workshop: Workshop, *texts: str, colour: str = "white", by: Signature | None = None) -> list[Idea]:
    """Ideas as phones send them."""
    hat = hat_of(workshop, colour)
    return [
        ideas.add_idea(
            workshop=workshop, hat_id=hat.pk, client_id=uuid.uuid4(), text=text, by=by or Signature()
        )
        for text in texts
    ]  # fmt: skip


def with_ideas(table: Table) -> Workshop:
    workshop = opened(table)
    if not workshop.ideas.exists():
        said(workshop, "Un guichet unique", "Un seul guichet", "Des rencontres de voisinage")
    return workshop


def grouped(table: Table) -> IdeaGroup:
    workshop = with_ideas(table)
    found = workshop.groups.first()
    if found is not None:
        return found
    ids = list(workshop.ideas.order_by("pk").values_list("pk", flat=True)[:2])
    group = sorting.put_in_group(viewer=table.viewer("coordinator"), workshop_id=workshop.pk, ids=ids, title="Guichet")
    assert group is not None
    return group


def reviewing(table: Table, manner: str = "partners") -> Review:
    """An open review of the plan's one action."""
    found = Review.objects.filter(space=table.space, manner=manner, state="open").first()
    if found is not None:
        return found
    viewer = table.viewer("coordinator")
    review = reviews.prepare(viewer=viewer, title="Révision d’essai", manner=ReviewManner(manner))
    return reviews.open_review(viewer=viewer, review_id=review.pk)


def settled(table: Table, outcome: str = "stop", manner: str = "together", **values: Any) -> Review:
    """A closed review whose one action has this outcome."""
    review, viewer = reviewing(table, manner), table.viewer("coordinator")
    said: dict[str, Any] = {"reason": "Le besoin est ailleurs.", **values}
    action = review.actions.get()
    reviews.settle(
        viewer=viewer, review_id=review.pk, action_id=action.pk, outcome=ReviewVerdict(outcome), **said
    )  # fmt: skip
    return reviews.close_review(viewer=viewer, review_id=review.pk)


def applied(table: Table) -> Review:
    review = settled(table, "stop")
    return review_outcome.apply(viewer=table.viewer("coordinator"), review_id=review.pk)


def link_of(table: Table) -> str:
    """The secret of organisation x's link in an open review."""
    review = reviewing(table)
    voice = review_links.send_link(
        viewer=table.viewer("coordinator"), review_id=review.pk, organisation_id=table.x.pk, email="x@exemple.test"
    )
    return review_links.token_of(voice)
