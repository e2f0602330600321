"""How the plan of the example was adopted by consent, deposited, and what the table is deciding today (L6, L2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from concertoit.front.demo.services.clock import at
from concertoit.ground.core.models import Job
from concertoit.ground.identity.models import User
from concertoit.ground.notifications.services import mark_all_read
from concertoit.ground.spaces.models import GoverningBody
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.together.decisions.models import (
    ConsentObjection,
    ConsentRound,
    ConsentSeat,
    ConsentSession,
    ConsentVoice,
    MinorCorrection,
)
from concertoit.together.decisions.rules.consent import Mode, ObjectionState, Presence, Reaction, RoundState, Voice
from concertoit.together.decisions.services import adoption as adoptions
from concertoit.together.decisions.services import consent_objections as objections
from concertoit.together.decisions.services import consent_rounds as rounds
from concertoit.together.decisions.services import consent_sessions as sessions
from concertoit.together.decisions.services import consent_voices as voices
from concertoit.together.decisions.services.adoption import Minor
from concertoit.together.decisions.services.adoption_cycle import link_step
from concertoit.together.decisions.services.consent_mandates import settle_mandate
from concertoit.together.decisions.services.consent_objections import Amendment
from concertoit.together.decisions.services.consent_rounds import Opening
from concertoit.together.decisions.services.consent_sessions import SessionFacts
from concertoit.together.decisions.services.consent_voices import Objection, Said
from concertoit.together.decisions.services.deposits import Receipt, write_receipt
from concertoit.together.plans.models import BudgetLine, CycleStep, Filing, PlanNode, PlanVersion
from concertoit.together.plans.services.content import change_node, content_of

HELD, CORRECTED, RECEIVED = date(2026, 2, 24), date(2026, 2, 26), date(2026, 3, 4)
FISCAL_AGENT = "DS Lanaudière"
ABSENT = {"OMH Joliette": Presence.ABSENT, "Ville de Mascouche": Presence.EXCUSED}


@contextmanager
def on_day(day: date, hour: int, minute: int = 0) -> Iterator[None]:
    """Do what follows as if it were that moment, so that services date everything as on the day."""
    with at(timezone.make_aware(datetime.combine(day, time(hour, minute)))):
        yield


class Story:
    """One session told through its services: who says what, as a person or noted by the coordination."""

    def __init__(self, coordinator: Viewer, users: dict[str, User], session: ConsentSession) -> None:
        self.coordinator, self.users, self.session = coordinator, users, session
        self.seats = {seat.label: seat for seat in ConsentSeat.objects.filter(session=session)}

    def seat(self, name: str) -> ConsentSeat:
        return next(seat for label, seat in self.seats.items() if label.startswith(name))

    def speaker(self, who: str) -> voices.Speaker:
        viewer = viewer_for(self.users[who], self.coordinator.space.slug)
        mine = [seat for seat in self.seats.values() if seat.organisation_id in viewer.organisation_ids]
        return voices.as_member(viewer, mine[0].pk)

    def move(self, row: ConsentRound, state: RoundState, answer_by: date | None = None) -> None:
        rounds.move(viewer=self.coordinator, round_id=row.pk, opening=Opening(state, answer_by))

    def react(self, row: ConsentRound, who: str, kind: Reaction, words: str = "") -> None:
        voices.react(speaker=self.speaker(who), round_id=row.pk, kind=kind, body=words)

    def say(
        self, row: ConsentRound, who: str, voice: Voice = Voice.CONSENT, objection: Objection | None = None
    ) -> None:
        said = Said(voice, objection or Objection(""))
        voices.speak(speaker=self.speaker(who), round_id=row.pk, said=said)

    def ask(self, row: ConsentRound, who: str, question: str, answer: str = "") -> None:
        asked = voices.ask(speaker=self.speaker(who), round_id=row.pk, body=question)
        if answer:
            voices.answer(viewer=self.coordinator, question_id=asked.pk, body=answer)

    def tour(self, row: ConsentRound) -> None:
        voices.note_tour(viewer=self.coordinator, round_id=row.pk)

    def conclude(self, row: ConsentRound, words: str = "") -> None:
        rounds.conclude(viewer=self.coordinator, round_id=row.pk, adopted=True, words=words)


def tell_adoption(
    coordinator: Viewer, version: PlanVersion, users: dict[str, User], bodies: dict[str, GoverningBody]
) -> PlanVersion:
    """The plenary of February 24: four axes, the budget, the fiscal agent; then a minor correction, then in force."""
    with on_day(HELD - timedelta(days=8), 10):
        _name_the_fiscal_agent(coordinator, version)
        facts = SessionFacts(
            "Adoption du plan d’action 2026-2028", bodies["plenary"], Mode.ROOM, HELD, 8,
            "Règles de fonctionnement du chantier",
        )  # fmt: skip
        adoption = adoptions.propose_adoption(viewer=coordinator, plan=version.plan, facts=facts)
    story = Story(coordinator, users, adoption.session)
    parts = list(ConsentRound.objects.filter(session=adoption.session).order_by("position"))
    with on_day(HELD, 13, 5):
        here = {seat.pk: Presence.PRESENT for seat in story.seats.values()}
        here |= {story.seat(name).pk: presence for name, presence in ABSENT.items()}
        sessions.set_presences(viewer=coordinator, session_id=adoption.session_id, presences=here)
    _first_axis(story, parts[0], version)
    _second_axis(story, parts[1], version)
    _others(story, parts[2:])
    with on_day(CORRECTED, 9, 15):
        _correct(coordinator, version, parts[2], bodies["coco"])
        adoption = adoptions.adopt(viewer=coordinator, adoption_id=adoption.pk, adopted_on=HELD)
    _confirm(story, parts[3])
    _forget_past_messages(users)
    assert adoption.version is not None  # noqa: S101 - just adopted
    return adoption.version


def _name_the_fiscal_agent(coordinator: Viewer, version: PlanVersion) -> None:
    for node in PlanNode.objects.filter(pk__in=BudgetLine.objects.filter(version=version).values("node")).order_by(
        "order"
    ):
        content = content_of(node)
        content.lines = [(year, amount, FISCAL_AGENT, source) for year, amount, _agent, source in content.lines]
        change_node(viewer=coordinator, node=node, content=content)


def _node(version: PlanVersion, code: str) -> PlanNode:
    return PlanNode.objects.select_related("version__plan", "space", "item").get(version=version, canonical=code)


def _first_axis(story: Story, row: ConsentRound, version: PlanVersion) -> None:
    """A question, reactions, an objection integrated by an amendment, then consent in a second round."""
    action = _node(version, "1.2.2")
    with on_day(HELD, 13, 12):
        story.move(row, RoundState.QUESTIONS)
        story.ask(
            row, "annie", "Les personnes élues sont-elles attendues à chaque plénière?",
            "Non : deux échanges par année leur sont réservés; les plénières leur restent ouvertes.",
        )  # fmt: skip
    with on_day(HELD, 13, 20):
        story.move(row, RoundState.REACTIONS)
        story.react(row, "paul", Reaction.SUPPORT, "C’est la suite logique de ce qui a marché.")
        story.react(row, "sylvie", Reaction.SUPPORT)
        story.react(row, "louise", Reaction.CONCERN, "Les comités locaux sont déjà très sollicités.")
        story.react(row, "jeanne", Reaction.WONDER, "Qui porte la charge, concrètement?")
    _integrated(story, row, action)
    with on_day(HELD, 13, 44):
        story.say(row, "jeanne")
        story.say(row, "louise")
        story.tour(row)
        story.conclude(row)


def _integrated(story: Story, row: ConsentRound, action: PlanNode) -> None:
    """An objection, what was understood of it, and the amendment of the draft."""
    with on_day(HELD, 13, 31):
        story.move(row, RoundState.VOICES)
        story.say(
            row, "jeanne", Voice.OBJECTION,
            Objection(
                "Telle qu’écrite, l’action demande aux comités locaux une présence qu’ils ne peuvent pas donner.",
                "Dire que la coordination se déplace vers les comités, et non l’inverse.",
                item_id=action.item_id,
            ),
        )  # fmt: skip
        story.tour(row)
        story.move(row, RoundState.INTEGRATION)
        raised = ConsentObjection.objects.get(round=row)
        objections.treat(
            viewer=story.coordinator, objection_id=raised.pk, state=ObjectionState.CLARIFIED,
            words="Le lien est voulu; c’est le sens du déplacement qui pèse sur les comités.",
        )  # fmt: skip
        objections.integrate(
            viewer=story.coordinator, round_id=row.pk, objection_ids=[raised.pk],
            amendment=Amendment(
                "La coordination va vers les comités locaux : l’action 1.2.2 le dit maintenant.",
                wording=f"{action.title}, la coordination allant vers les comités", wording_of=action.item_id,
            ),
        )  # fmt: skip


def _second_axis(story: Story, row: ConsentRound, version: PlanVersion) -> None:
    """An objection that is not retained, with its reason: adopted over it."""
    with on_day(HELD, 13, 52):
        story.move(row, RoundState.REACTIONS)
        story.react(row, "annie", Reaction.SUPPORT, "La déclaration nous a déjà servi au conseil.")
        story.react(row, "sylvie", Reaction.CONCERN)
        story.move(row, RoundState.VOICES)
        story.say(
            row, "sylvie", Voice.OBJECTION,
            Objection(
                "Écrire aux gouvernements au nom de tous engage la MRC sans décision de son conseil.",
                "Laisser chaque municipalité signer en son propre nom.",
                item_id=_node(version, "2.3.4").item_id,
            ),
        )  # fmt: skip
        story.tour(row)
        raised = ConsentObjection.objects.get(round=row)
        objections.treat(
            viewer=story.coordinator, objection_id=raised.pk, state=ObjectionState.NOT_RETAINED,
            words="Chaque partenaire adopte déjà le message avant l’envoi : personne n’est engagé sans l’avoir décidé.",
        )  # fmt: skip
        story.conclude(row, "La coordination rappellera cette étape à chaque envoi.")


def _others(story: Story, parts: list[ConsentRound]) -> None:
    """The last axes, the budget and the fiscal agent; one consent under the reserve of a board."""
    for place, row in enumerate(parts):
        with on_day(HELD, 14, 10 + 9 * place):
            story.move(row, RoundState.VOICES)
            if place == 1:
                story.say(row, "paul", Voice.RESERVED)
            story.say(row, "annie")
            story.tour(row)
            story.conclude(row)


def _correct(coordinator: Viewer, version: PlanVersion, row: ConsentRound, coco: GoverningBody) -> MinorCorrection:
    """« Telle qu’entendue » : a wording of the third axis, noted by the coco before the version is frozen."""
    node = _node(version, "3.2.1")
    content = content_of(node)
    content.title = f"{content.title}, avec celles et ceux qui les vivent"
    change_node(viewer=coordinator, node=node, content=content)
    note = "La plénière a demandé de nommer les personnes concernées; le sens de l’action ne change pas."
    return adoptions.note_minor(viewer=coordinator, round_id=row.pk, minor=Minor(coco, CORRECTED, note))


def _confirm(story: Story, row: ConsentRound) -> None:
    voice = ConsentVoice.objects.get(turn__round=row, kind=Voice.RESERVED)
    with on_day(date(2026, 3, 12), 11):
        settle_mandate(
            speaker=story.speaker("paul"), viewer=None, voice_id=voice.pk, confirmed=True, on=date(2026, 3, 11),
            words="Confirmé à l’unanimité.",
        )  # fmt: skip


def tell_deposit(coordinator: Viewer, filing: Filing) -> None:
    """The authority's receipt, a few days after the filing; each step of the cycle leads to what carried it out."""
    with on_day(RECEIVED, 10, 40):
        receipt = Receipt(RECEIVED, "TPL-2026-018", "Table des préfets", "Inscrit à l’ordre du jour de mars.")
        write_receipt(viewer=coordinator, filing_id=filing.pk, receipt=receipt)
    session = ConsentSession.objects.get(adoption__version=filing.version)
    for words, key in (
        ("Adoption", f"consent:{session.pk}"),
        ("Corrections", f"consent:{session.pk}"),
        ("Dépôt", f"deposit:{filing.pk}"),
    ):
        for step in CycleStep.objects.filter(plan=filing.plan, title__startswith=words).order_by("pk"):
            link_step(viewer=coordinator, step=step, keys=[key])


def tell_open_consent(coordinator: Viewer, users: dict[str, User], bodies: dict[str, GoverningBody]) -> None:
    """What the table is deciding these days, from afar: some have spoken, one objects, others are awaited."""
    today = timezone.localdate()
    with on_day(today - timedelta(days=3), 9, 10):
        facts = SessionFacts(
            "Les plénières de 2027", bodies["plenary"], Mode.REMOTE, None, 8, "Règles de fonctionnement du chantier"
        )
        session = sessions.prepare(viewer=coordinator, facts=facts)
        row = rounds.propose(
            viewer=coordinator, session_id=session.pk, title="Six plénières en 2027, dont deux en région",
            text="En 2027, le chantier tient **six plénières**, le mardi de 13 h à 15 h 30. Quatre ont lieu à Joliette; "
            "**deux se tiennent dans une MRC hôte**, qui y présente ses projets. Chacune peut être suivie à distance.",
        )  # fmt: skip
        story = Story(coordinator, users, session)
        story.move(row, RoundState.VOICES, today + timedelta(days=4))
        story.ask(
            row, "annie", "Les frais de déplacement sont-ils couverts?", "Oui, pour les organismes communautaires."
        )
    with on_day(today - timedelta(days=2), 15, 20):
        story.react(row, "jeanne", Reaction.SUPPORT, "Recevoir une plénière nous ferait du bien.")
        story.say(row, "jeanne")
        story.react(row, "marc", Reaction.SUPPORT)
        story.say(row, "marc", Voice.RESERVED)
    with on_day(today - timedelta(days=1), 10, 45):
        story.react(row, "sylvie", Reaction.CONCERN, "Le mardi après-midi est pris par nos conseils.")
        story.say(
            row, "sylvie", Voice.OBJECTION,
            Objection(
                "Les conseils des maires ont lieu le mardi après-midi : les MRC n’y seraient jamais.",
                "Tenir les plénières le jeudi.",
            ),
        )  # fmt: skip
        story.ask(row, "paul", "Le suivi à distance vaut-il pour le quorum?")


def _forget_past_messages(users: dict[str, User]) -> None:
    """What was told then has been read since; no message of the past leaves today."""
    for user in users.values():
        mark_all_read(user=user)
    Job.objects.filter(name__startswith="notifications.").delete()
