"""How the plan was prioritised in January, what the coco recommended, and the form that is open today (L5)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from concertoit.front.demo.services.clock import at, hour_of
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.models import Notice
from concertoit.ground.spaces.policies import Viewer
from concertoit.together.decisions.models import Invitee, Prioritisation, PriorityOption, Voice
from concertoit.together.decisions.queries.money import lines_of
from concertoit.together.decisions.queries.prioritisation import money_of
from concertoit.together.decisions.rules.adoption import Process
from concertoit.together.decisions.rules.prioritisation import GRADES
from concertoit.together.decisions.services import money, money_applying, money_recommendation
from concertoit.together.decisions.services import prioritisation as forms
from concertoit.together.decisions.services import prioritisation_answers as answers
from concertoit.together.decisions.services import prioritisation_counting as counting
from concertoit.together.decisions.services import prioritisation_voices as voices
from concertoit.together.decisions.services.adoption_cycle import link_step
from concertoit.together.plans.models import CycleStep, PlanVersion

OPENED, CLOSED, WRITTEN, PUBLISHED = date(2026, 1, 27), date(2026, 2, 6), date(2026, 2, 10), date(2026, 2, 12)
# How far an action is from « essentiel » for most (0 is closest); the others are two grades away.
NEAR = {
    "1.1.1": 0, "1.2.2": 0, "1.3.1": 0, "1.3.2": 0, "4.3.1": 0, "4.3.2": 0, "2.1.1": 1, "2.2.2": 1, "2.2.3": 1,
    "3.1.1": 1, "3.2.1": 1, "4.1.1": 1, "4.2.2": 0, "2.3.5": 3, "2.3.4": 2, "3.2.3": 2, "4.4.1": 2, "1.4.1": 1,
}  # fmt: skip
# Actions on which towns and community organisations stand apart.
SPLIT = {"2.3.4": ("municipal", "public"), "2.2.3": ("municipal", "other")}
# What was asked beside the plan's own budget, and the envelopes of the coming years.
MORE: list[tuple[str, str, str]] = [("4.1.1", "An 1", "4000"), ("2.2.2", "An 1", "6500"), ("3.1.1", "An 2", "3500")]
ENVELOPES = {"An 1": "31000", "An 2": "17000"}
# What each family would fund first.
WISHES = {
    "housing": ("1.3.1", "1.3.2", "4.3.2"), "community": ("1.3.2", "3.1.1", "3.2.3"), "municipal": ("4.1.1", "2.2.2"),
    "public": ("1.3.1", "4.3.2"), "citizens": ("4.3.2", "4.1.1"), "other": ("1.3.2",),
}  # fmt: skip
SILENT = ("Ville de Mascouche", "Comité porteur L’Assomption")
ON_PAPER = "Lise Simard"
KEPT = "Le plan l’a retenu à l’atelier; le montant est celui du porteur."
LATER = "À représenter l’an prochain : l’enveloppe ne suffit pas à tout."


def tell_prioritisation(coordinator: Viewer, version: PlanVersion) -> None:
    """The form sent after the plenary of January 27, its count, the coco's recommendation applied before the adoption."""
    with at(hour_of(OPENED, 16)):
        row = forms.create(
            viewer=coordinator, version=version, title="Priorités 2026-2028", money="approve", disclosure="coordination",
            introduction="À la plénière, nous avons relu chaque action. Dites maintenant ce qui compte le plus, et où "
            "mettre l’argent. Vos réponses préparent la recommandation du coco.",
            voice_mode="organisation", live=False, deadline=hour_of(CLOSED, 16),
        )  # fmt: skip
        _ask_for_money(coordinator, row)
        voices.invite(viewer=coordinator, pk=row.pk)
        forms.open_form(viewer=coordinator, pk=row.pk)
        voices.send_links(row=row)
    _everybody_answers(coordinator, row)
    with at(hour_of(CLOSED, 16, 5)):
        counting.close_and_count(row=row)
    _recommend(coordinator, row)
    Notice.objects.filter(kind__in=["decisions.opinion", "decisions.results"]).delete()


def _ask_for_money(coordinator: Viewer, row: Prioritisation) -> None:
    keys = {one.code: one.key for one in PriorityOption.objects.filter(prioritisation=row)}
    money.write_requests(
        viewer=coordinator, pk=row.pk, requests=[(keys[code], year, Decimal(amount)) for code, year, amount in MORE]
    )
    asked = money_of(row)
    rest = sum((one.amount for one in asked.requests if not one.year), Decimal(0))
    money.write_envelopes(
        viewer=coordinator, pk=row.pk,
        envelopes=[(year, Decimal(ENVELOPES[year]) if year in ENVELOPES else rest) for year in sorted(asked.years)],
    )  # fmt: skip


def _everybody_answers(coordinator: Viewer, row: Prioritisation) -> None:
    options = list(PriorityOption.objects.filter(prioritisation=row).order_by("key"))
    asked = {one.option.code: one.option.key for one in money_of(row).requests}
    rows = Voice.objects.filter(prioritisation=row).select_related("organisation", "person").order_by("pk")
    for place, voice in enumerate(rows):
        if str(voice) in SILENT:
            continue
        grades = {one.key: _grade(voice, one) for one in options}
        ticks = {asked[code]: 1 for code in WISHES[voice.family] if code in asked}
        said = answers.Said({key: grade for key, grade in grades.items() if grade}, ticks, done=place % 5 != 0)
        with at(hour_of(OPENED + timedelta(days=1 + place % 9), 9 + place % 7, 12)):
            _say(coordinator, row, voice, said)


def _say(coordinator: Viewer, row: Prioritisation, voice: Voice, said: answers.Said) -> None:
    invitee = Invitee.objects.filter(voice=voice).order_by("pk").first()
    if str(voice) == ON_PAPER or invitee is None:
        answers.answer_on_paper(viewer=coordinator, pk=row.pk, voice_id=voice.pk, said=said)
    else:
        answers.answer_by_link(token=voices.token_of(invitee), said=said)


def _grade(voice: Voice, option: PriorityOption) -> str:
    """What this voice says of an action: near what most say, sometimes nothing, sometimes « je ne sais pas »."""
    drawn = sha256(f"{voice}:{option.code}".encode()).digest()
    if drawn[0] < 14:
        return ""
    if drawn[0] < 40:
        return "unknown"
    if option.code in SPLIT:
        return GRADES[3 + drawn[1] % 2] if voice.family in SPLIT[option.code] else GRADES[drawn[1] % 2]
    near = NEAR.get(option.code, 1 + len(option.title) % 2)
    step = (0, 0, 0, 1, -1, 1, 0, 2)[drawn[1] % 8]
    return GRADES[min(4, max(0, near + step))]


def _recommend(coordinator: Viewer, row: Prioritisation) -> None:
    """The coco funds what the plan carries, and puts off what was asked beside it."""
    beside = {(code, year) for code, year, _amount in MORE}
    with at(hour_of(WRITTEN, 10)):
        recommendation = money_recommendation.start(viewer=coordinator, pk=row.pk, rule="equal-shares")
        lines = {
            line.request_id: (Decimal("0.00"), LATER)
            if (line.request.option.code, line.request.year) in beside
            else (line.request.amount, KEPT)
            for line in lines_of(recommendation)
        }
        money_recommendation.write(
            viewer=coordinator, pk=row.pk, lines=lines,
            note="Le compte a éclairé, il n’a pas décidé : le coco garde les projets déjà engagés et remet à plus tard "
            "trois demandes appuyées, mais hors de l’enveloppe.",
        )  # fmt: skip
    with at(hour_of(PUBLISHED, 11)):
        money_recommendation.publish(viewer=coordinator, pk=row.pk)
    with at(hour_of(PUBLISHED + timedelta(days=1), 9)):
        money_applying.apply(viewer=coordinator, pk=row.pk)


def tell_open_prioritisation(coordinator: Viewer, version: PlanVersion, users: dict[str, User]) -> None:
    """The form that is open today, several voices still expected; the cycle leads to the one of January."""
    today = timezone.localdate()
    past = Prioritisation.objects.get(space=coordinator.space)
    step = CycleStep.objects.get(plan=past.plan, title="Présentation, bonification et priorisation")
    link_step(viewer=coordinator, step=step, keys=[f"{Process.PRIORITISATION}:{past.pk}"])
    with at(hour_of(today - timedelta(days=5), 11)):
        row = forms.create(
            viewer=coordinator, version=version, title="Priorités de la prochaine année", money="none",
            introduction="Où mettre nos efforts d’ici la prochaine plénière? Deux minutes suffisent.",
            voice_mode="organisation", disclosure="table", live=True, deadline=hour_of(today + timedelta(days=6), 16),
        )  # fmt: skip
        keys = [one.key for one in PriorityOption.objects.filter(prioritisation=row, axis_number__in=[1, 4])]
        forms.choose_options(viewer=coordinator, pk=row.pk, keys=set(keys))
        voices.invite(viewer=coordinator, pk=row.pk)
        forms.open_form(viewer=coordinator, pk=row.pk)
    options = list(PriorityOption.objects.filter(prioritisation=row).order_by("key"))
    rows = Voice.objects.filter(prioritisation=row).select_related("organisation", "person").order_by("pk")
    mine = {users[key].person_id for key in ("paul", "annie")}
    for place, voice in enumerate(rows):
        invitee = Invitee.objects.filter(voice=voice).select_related("membership").order_by("pk").first()
        expected = invitee is None or (invitee.membership is not None and invitee.membership.person_id in mine)
        if expected or place % 2:
            continue
        said = answers.Said({one.key: grade for one in options if (grade := _grade(voice, one))}, {}, done=True)
        with at(hour_of(today - timedelta(days=1 + place % 4), 10 + place % 5, 40)):
            _say(coordinator, row, voice, said)
