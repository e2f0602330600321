"""Training and visits of the example: needs heard, one training held and measured, a visit to come."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from concertoit.front.demo.services.clock import at
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for
from concertoit.ground.surveys.enums import Source
from concertoit.ground.surveys.models import Question, Survey
from concertoit.ground.surveys.services import answering, writing
from concertoit.ground.surveys.services.answering import Said, Voice
from concertoit.together.events.enums import EventKind, EventState
from concertoit.together.events.models import Event, Need, Programme, Registration, Session
from concertoit.together.events.services import events, measuring, needs, registering
from concertoit.together.events.services.registering import Guest

# who says it, what, who has the same need
NEEDS = (
    ("louise", "Mieux comprendre les droits et devoirs des locataires", ("paul", "annie", "sylvie")),
    ("paul", "Voir un projet de coop récent, de l’idée à l’entrée des locataires", ("louise", "annie")),
    ("annie", "Savoir présenter un projet à un conseil municipal", ("sylvie",)),
)
# People who came to the training; each with the right answers given before and after, of four.
GUESTS = (
    ("Aline Bertrand", "Comité logement D’Autray", 1, 3), ("Benoît Caron", "OMH Joliette", 2, 4),
    ("Carmen Dufour", "Habeo", 1, 4), ("Denis Émond", "SARL", 3, 4), ("Émilie Fortin", "FOSBLH3L", 2, 3),
    ("François Gauthier", "MRC de Montcalm", 2, 2), ("Ginette Hamel", "", 0, 2), ("Hugo Imbeault", "Habeo", 3, 4),
)  # fmt: skip
KNOWLEDGE = (
    ("Un bail verbal a-t-il la même valeur qu’un bail écrit?", ("* Oui", "Non")),
    ("Qui peut déposer une demande au Tribunal administratif du logement?",
     ("Propriétaires seulement", "Locataires seulement", "* Les deux")),
    ("Un avis de hausse peut-il être refusé en gardant son logement?", ("* Oui", "Non")),
    ("Qui s’occupe des réparations majeures?", ("* Propriétaire", "Locataire", "Municipalité")),
)  # fmt: skip
SYNTHESIS = """**Ce qu’on retient.** Huit personnes de six organismes. Les bonnes réponses sont passées de moins de la
moitié à plus des trois quarts.

**Ce qui en sortira.** Un aide-mémoire d’une page pour les intervenantes et intervenants de première ligne;
une seconde séance, en soirée, pour les locataires."""


def tell_events(viewer: Viewer, users: dict[str, User]) -> None:
    """Tell the season of events of a démarche."""
    programme = _programme(viewer)
    heard = _needs(viewer, users)
    _training(viewer, programme, heard[0])
    _visit(viewer, programme, heard[1], users)
    _to_come(viewer, programme)


def _moment(days: int, hour: int, minute: int = 0) -> datetime:
    """A working day about so many days from today, at an hour."""
    day = timezone.localdate() + timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _programme(viewer: Viewer) -> Programme:
    with at(_moment(-110, 9)):
        return events.save_programme(
            viewer=viewer, title="Formations et visites 2026-2027",
            intro="Ce que les partenaires ont demandé, un rendez-vous par saison.",
            starts_on=timezone.localdate(), ends_on=timezone.localdate() + timedelta(days=330),
        )  # fmt: skip


def _needs(viewer: Viewer, users: dict[str, User]) -> list[Need]:
    found = []
    for place, (who, title, others) in enumerate(NEEDS):
        with at(_moment(-120 + place * 4, 14)):
            need = needs.express(viewer=viewer_for(users[who], viewer.space.slug), title=title)
            for other in others:
                needs.support(viewer=viewer_for(users[other], viewer.space.slug), need=need, on=True)
        found.append(need)
    return found


def _event(viewer: Viewer, programme: Programme, starts_at: datetime, need: Need | None, **words: Any) -> Event:
    session: dict[str, Any] = {name: words.pop(name) for name in ("place", "minutes", "capacity") if name in words}
    event = events.save_event(viewer=viewer, programme=programme, needs=[need] if need else [], **words)
    events.save_session(viewer=viewer, event=event, starts_at=starts_at, **session)
    return event


def _session(event: Event) -> Session:
    return Session.objects.select_related("event__space").get(event=event)


def _training(viewer: Viewer, programme: Programme, need: Need) -> None:
    """The training that was held, with what was known before and after."""
    day = _moment(-38, 9)
    with at(day - timedelta(days=30)):
        event = _event(
            viewer, programme, day, need, title="ABC des droits et devoirs en logement", kind=EventKind.TRAINING,
            description="Le bail, les réparations, les recours : l’essentiel pour bien accompagner.",
            audience="Intervenantes, intervenants et personnes élues", leader="Service d’aide à la recherche de logement",
            gives_certificate=True, place="Maison du développement social, Joliette", minutes=180, capacity=20,
        )  # fmt: skip
        events.set_state(viewer=viewer, event=event, state=EventState.ANNOUNCED)
        session = _session(event)
        for name, organisation, *_scores in GUESTS:
            registering.register(session=session, guest=Guest(name, _address(name), organisation))
        first = _knowledge(viewer, event)
        _answers(first, [before for *_who, before, _after in GUESTS])
    with at(day + timedelta(hours=4)):
        rows = Registration.objects.filter(session=session).values_list("pk", flat=True)
        registering.take_presence(viewer=viewer, session=session, present=dict.fromkeys(rows, True))
        second = writing.copy_survey(
            viewer=viewer, survey=first, title="ABC des droits : ce que vous savez maintenant", after=True
        )
        writing.open_survey(viewer=viewer, survey=second)
        _answers(second, [after for *_who, after in GUESTS])
        _satisfaction(viewer, event)
    with at(day + timedelta(days=9)):
        for survey in (first, second):
            writing.close_survey(viewer=viewer, survey=survey)
        events.publish_synthesis(viewer=viewer, event=Event.objects.get(pk=event.pk), text=SYNTHESIS)
        events.set_state(viewer=viewer, event=event, state=EventState.DONE)


def _address(name: str) -> str:
    given, family = name.lower().replace("é", "e").replace("î", "i").replace("ç", "c").split()
    return f"{given}.{family}@exemple.test"


def _knowledge(viewer: Viewer, event: Event) -> Survey:
    survey = measuring.prepare_knowledge(viewer=viewer, event=event)
    for text, options in KNOWLEDGE:
        read = [(label.lstrip("* "), label.startswith("*")) for label in options]
        writing.save_question(viewer=viewer, survey=survey, kind="one", text=text, options=read)
    return writing.open_survey(viewer=viewer, survey=survey)


def _answers(survey: Survey, scores: list[int]) -> None:
    """Each person gets so many questions right."""
    questions = list(Question.objects.filter(survey=survey).prefetch_related("options").order_by("position"))
    for (name, *_rest), score in zip(GUESTS, scores, strict=True):
        said = {}
        for place, question in enumerate(questions):
            wanted = place < score
            said[question.pk] = Said(
                options=(next(one.position for one in question.options.all() if one.is_right == wanted),)
            )
        answering.answer(survey=survey, voice=Voice(Source.LINK, email=_address(name)), said=said)


def _satisfaction(viewer: Viewer, event: Event) -> None:
    survey = measuring.prepare_satisfaction(viewer=viewer, event=event)
    writing.open_survey(viewer=viewer, survey=survey)
    scales = Question.objects.filter(survey=survey, kind="scale").order_by("position")
    words = Question.objects.filter(survey=survey, kind="text").order_by("position").first()
    for place, (name, *_rest) in enumerate(GUESTS[:6]):
        said = {question.pk: Said(options=(3 if (place + turn) % 3 else 2,)) for turn, question in enumerate(scales)}
        if words and place < 2:
            said[words.pk] = Said(text=("Les exemples de lettres.", "Le jeu de rôle sur les réparations.")[place])
        answering.answer(survey=survey, voice=Voice(Source.LINK, email=_address(name)), said=said)


def _visit(viewer: Viewer, programme: Programme, need: Need, users: dict[str, User]) -> None:
    """The visit to come, full, with a waiting list."""
    with at(_moment(-12, 10)):
        event = _event(
            viewer, programme, _moment(17, 13, 30), need, title="Visite d’une coop d’habitation nouvellement habitée",
            kind=EventKind.VISIT, description="De l’idée à l’entrée des locataires : qui a fait quoi, et quand.",
            audience="Tous les partenaires", place="Saint-Jacques", minutes=150, capacity=4, open_to_all=True,
        )  # fmt: skip
        events.set_state(viewer=viewer, event=event, state=EventState.ANNOUNCED)
        session = _session(event)
        for who in ("louise", "paul", "annie"):
            guest = registering.guest_of(viewer_for(users[who], viewer.space.slug))
            registering.register(session=session, guest=guest)
        for name, organisation, *_scores in GUESTS[:2]:
            registering.register(session=session, guest=Guest(name, _address(name), organisation))


def _to_come(viewer: Viewer, programme: Programme) -> None:
    """A training still being prepared."""
    _event(
        viewer, programme, _moment(80, 18), None, title="Présenter un projet de logement à un conseil municipal",
        kind=EventKind.TRAINING, description="Une heure de théorie, deux heures d’exercices.", place="En ligne",
        minutes=180, capacity=16,
    )  # fmt: skip
