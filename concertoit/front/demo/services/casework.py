"""A year of the brigade of the example: who accepts or refuses, visits, orders, closures, one that came back.

``_Teller`` plays the lines of ``casework_story.STORY`` in order through the services of the room, each at its own moment.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from concertoit.field.cases.models import Case, Order, Visit
from concertoit.field.cases.rules.integration import CODES
from concertoit.field.cases.services import assigning, brigade, clocks, closing, following, orders, owners, visits
from concertoit.front.demo.services.casework_story import CISSS, CITY, COMING, MANDATES, MEMBERS, OWNERS, STORY
from concertoit.front.demo.services.clock import ago, at
from concertoit.ground.identity.models import Organisation, User
from concertoit.ground.spaces.models import Membership, Space
from concertoit.ground.spaces.queries import viewer_for

_ANSWERS_FOR = {CITY: "hugo", CISSS: "fanny"}


def seat_brigade(space: Space, users: dict[str, User], found: dict[str, Organisation]) -> None:
    """The brigade and the mandates of its partners, before any report comes in: competences open what people may see."""
    liaison = viewer_for(users["josee"], space.slug)
    with at(ago(362, 9, 10)):
        for organisation, competences, note in MANDATES:
            brigade.save_mandate(viewer=liaison, organisation=found[organisation], competences=competences, note=note)
        for who, competences, languages, availability, on_call, steps in MEMBERS:
            brigade.save_member(
                viewer=liaison, membership=Membership.objects.get(space=space, person=users[who].person),
                facts=brigade.MemberFacts(competences, languages, availability, on_call, CODES[:steps]),
            )  # fmt: skip


def tell_casework(
    space: Space, users: dict[str, User], found: dict[str, Organisation], cases: dict[str, Case]
) -> None:
    """Play the story, then plan the visits of today and of the days that come."""
    teller = _Teller(space, users, found, cases)
    with at(ago(353, 9, 10)):
        teller.own()
    for days, key, act, words in sorted(STORY, key=lambda line: -line[0]):
        with at(teller.next_moment(days)):
            getattr(teller, act)(key, *words)
    for days, hour, key, who, competence, kind in COMING:
        teller.plan(key, who, competence, kind, ago(-days, hour, 10))
    clocks.refresh_open(space)


class _Teller:
    """Plays one line of the story: each act has the name that the story gives it."""

    def __init__(
        self, space: Space, users: dict[str, User], found: dict[str, Organisation], cases: dict[str, Case]
    ) -> None:
        self.space, self.users, self.found, self.cases = space, users, found, cases
        self.people = ("josee", "samir", "eve", "hugo", "fanny")
        self.viewers = {who: viewer_for(users[who], space.slug) for who in self.people}
        self.liaison = self.viewers["josee"]
        self.minute = 0

    def next_moment(self, days: int) -> datetime:
        """A moment of a day, later than those already told of it."""
        self.minute += 1
        return ago(days, 11 + self.minute % 6, self.minute % 60) if days else timezone.now()

    def own(self) -> None:
        """The owners and their buildings."""
        for kind, name, phone, keys, reachable in OWNERS:
            owner = owners.save_owner(
                viewer=self.liaison, facts=owners.OwnerFacts(kind, name, phone=phone, reachable=reachable)
            )
            for building in {self.cases[key].building for key in keys}:
                owners.give_building(viewer=self.liaison, owner=owner, building=building, source="Rôle d’évaluation")

    def seat_of(self, who: str) -> Membership:
        return Membership.objects.get(space=self.space, person=self.users[who].person)

    def case(self, key: str) -> Case:
        return Case.objects.select_related("space", "building__municipality").get(pk=self.cases[key].pk)

    def follow(self, key: str, who: str) -> None:
        following.follow(viewer=self.liaison, case=self.case(key), membership=self.seat_of(who))

    def ask(self, key: str, organisation: str, competence: str, words: str) -> None:
        asked = assigning.Asked(self.found[organisation], competence, words)
        assigning.assign(viewer=self.liaison, case=self.case(key), asked=asked)

    def again(self, key: str, organisation: str, words: str) -> None:
        self._move(key, organisation, "closed", works="no")
        self._move(key, organisation, "new", reason=words, who="josee")

    def accept(self, key: str, organisation: str) -> None:
        self._move(key, organisation, "in_progress")

    def refuse(self, key: str, organisation: str, reason: str) -> None:
        self._move(key, organisation, "refused", reason=reason)

    def done(self, key: str, organisation: str, works: str, reason: str) -> None:
        self._move(key, organisation, "closed", works=works, reason=reason)

    def _move(self, key: str, organisation: str, to: str, *, reason: str = "", works: str = "", who: str = "") -> None:
        viewer = self.viewers[who or _ANSWERS_FOR.get(organisation, "josee")]
        row = self.case(key).assignments.get(organisation=self.found[organisation])
        assigning.move(viewer=viewer, assignment=row, to=to, reason=reason, works=works)

    def plan(self, key: str, who: str, competence: str, kind: str, moment: datetime) -> Visit:
        plan = visits.VisitPlan(competence, moment, kind, member=self.seat_of(who))
        return visits.plan_visit(viewer=self.liaison, case=self.case(key), plan=plan)

    def visit(self, key: str, who: str, competence: str, kind: str, state: str, note: str) -> None:
        row = self.plan(key, who, competence, kind, timezone.now())
        visits.tell_visit(viewer=self.viewers[who], visit=row, state=state, note=note)

    def order(self, key: str, organisation: str, kind: str, days: str, words: str) -> None:
        today = timezone.localdate()
        facts = orders.OrderFacts(
            kind, today, issuer=self.found[organisation], released_on=today,
            due_on=today + timedelta(days=int(days)), text=words,
        )  # fmt: skip
        orders.save_order(viewer=self.liaison, case=self.case(key), facts=facts)

    def settle(self, key: str, state: str) -> None:
        row = Order.objects.select_related("case__space").get(case=self.cases[key])
        orders.settle(viewer=self.liaison, order=row, state=state)

    def safe(self, key: str, words: str) -> None:
        closing.move_case(viewer=self.liaison, case=self.case(key), to="made_safe", words=words)

    def noted(self, key: str, code: str) -> None:
        clocks.mark(viewer=self.liaison, case=self.case(key), code=code)

    def resolve(self, key: str, words: str) -> None:
        closing.move_case(viewer=self.liaison, case=self.case(key), to="resolved", words=words)

    def object(self, key: str, words: str) -> None:
        closing.refuse_closure(case=self.case(key), words=words)

    def close(self, key: str, outcome: str, living: str, words: str) -> None:
        closing.close(viewer=self.liaison, case=self.case(key), closing=closing.Closing(outcome, living, words))

    def reopen(self, key: str, words: str) -> None:
        closing.reopen(viewer=self.liaison, case=self.case(key), words=words)

    def pause(self, key: str, reason: str) -> None:
        clocks.pause(viewer=self.liaison, case=self.case(key), since=timezone.localdate(), reason=reason)
