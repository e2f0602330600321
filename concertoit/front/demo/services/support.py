"""The accompaniment of the brigade's households in the example: notes, paths, letters, talks, rights explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from concertoit.field.cases.models import Case
from concertoit.field.cases.queries import support as queries
from concertoit.field.cases.rules import letter_bodies
from concertoit.field.cases.services import letters as letter_services
from concertoit.field.cases.services import messages, support
from concertoit.field.cases.services.support import StepFacts
from concertoit.front.demo.services.clock import at
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.policies import Viewer
from concertoit.ground.spaces.queries import viewer_for

# Days ago, case, kind of note, words.
NOTES = (
    (
        211,
        "mould-child",
        "call",
        "Premier appel. La famille hésite à écrire au propriétaire; on parle de ce qui la rassurerait.",
    ),
    (
        196,
        "mould-child",
        "visit",
        "Rencontre à la maison. Les photos sont datées, le bail est retrouvé, les reçus sont dans une enveloppe.",
    ),
    (180, "mould-child", "procedure", "Aide à remplir le formulaire; une voisine viendra comme témoin."),
    (
        60,
        "mould-child",
        "prevention",
        "Aération expliquée, meubles décollés du mur froid. Cela aide, sans remplacer l’isolation.",
    ),
    (
        48,
        "threat",
        "call",
        "La personne craint une coupure. Recours expliqués, numéro à composer si l’eau est coupée.",
    ),
    (46, "threat", "procedure", "Résumé des faits préparé avec elle, à relire avant de décider."),
    (116, "crowded", "call", "Le ménage préfère attendre; on se rappelle dans deux semaines."),
    (29, "mould-2", "call", "Rendez-vous pris pour regarder la ventilation ensemble."),
    (128, "plumbing", "procedure", "Recours au Tribunal expliqués, liste des documents remise."),
)
# Days ago, case, kind, asks, result, days ago of the result, answer in days when the worker wrote one.
STEPS = (
    (209, "mould-child", "verbal", ("works",), "promised", 195, 14),
    (192, "mould-child", "letter", ("works", "reduction"), "silent", 176, None),
    (175, "mould-child", "inspection", ("works",), "granted", 160, 15),
    (126, "plumbing", "verbal", ("works",), "refused", 120, 7),
    (5, "plumbing", "letter", ("works", "reduction"), "", 0, None),
    (18, "mould-2", "verbal", ("works",), "", 0, 14),
    (45, "threat", "verbal", ("works",), "refused", 44, None),
    (20, "threat", "letter", ("works",), "", 0, None),
)
LETTERS = (
    (192, "mould-child", "owner"),
    (176, "mould-child", "inspection"),
    (20, "threat", "owner"),
    (5, "plumbing", "owner"),
)
# Days ago, case, audience, who (nobody: the household), words.
TALK = (
    (205, "mould-child", "partners", "fanny", "Nous pouvons offrir deux rencontres de soutien d’ici la fin du mois."),
    (
        204,
        "mould-child",
        "partners",
        "samir",
        "Merci. La famille préfère l’après-midi; je serai à la première rencontre.",
    ),
    (182, "mould-child", "partners", "hugo", "L’ordonnance partira cette semaine. Les photos du mur nous ont aidés."),
    (
        90,
        "mould-child",
        "tenant",
        "samir",
        "Bonjour. L’entrepreneur doit passer mardi entre 9 h et midi. Est-ce que cela vous va?",
    ),
    (89, "mould-child", "tenant", "", "Oui, ma sœur sera là. Merci."),
    (2, "mould-child", "tenant", "", "Le mur est refermé mais ça sent encore. À qui le dire?"),
    (
        28,
        "mould-2",
        "tenant",
        "samir",
        "Avez-vous encore des taches derrière le divan? Une photo datée nous aiderait.",
    ),
    (3, "balcony", "partners", "hugo", "La rampe neuve est posée, nous passons vérifier jeudi."),
)
SENT_BY = (
    (213, "mould-child", "une école du quartier", "Un enfant tousse et manque l’école.", 205),
    (9, "recent", "une halte-garderie", "Logement froid, jeune enfant.", None),
)


def tell_support(space: Space, users: dict[str, User], cases: dict[str, Case]) -> None:
    """Tell what Samir and Josée did with the households, each thing at its own moment."""
    who = {name: viewer_for(users[name], space.slug) for name in ("josee", "samir", "fanny", "hugo")}
    for case in cases.values():
        case.refresh_from_db()
    acts: list[tuple[int, Callable[..., None], tuple[Any, ...]]]
    acts = [(days, _note, (who["samir"], cases[key], kind, body)) for days, key, kind, body in NOTES]
    acts += [(row[0], _step, (who["samir"], cases[row[1]], row)) for row in STEPS]
    acts += [(days, _letter, (who["samir"], cases[key], kind)) for days, key, kind in LETTERS]
    acts += [(days, _say, (who.get(name), cases[key], audience, body)) for days, key, audience, name, body in TALK]
    acts += [(row[0], _sent, (who["josee"], cases[row[1]], row)) for row in SENT_BY]
    for place, (days, act, facts) in enumerate(sorted(acts, key=lambda one: -one[0])):
        with at(_moment(days, 9 + place % 8)):
            act(days, *facts)
    for days, key, card in (
        (196, "mould-child", "habitable"),
        (196, "mould-child", "proof"),
        (46, "threat", "remedies"),
    ):
        with at(_moment(days, 16)):
            support.write_note(
                viewer=who["samir"], case=cases[key], kind="rights", on=_day(days), card=card,
                body="Expliqué de vive voix.",
            )  # fmt: skip


def _day(days: int) -> date:
    return timezone.localdate(_moment(days, 12))


def _moment(days: int, hour: int) -> datetime:
    today = datetime.now(tz=timezone.get_current_timezone()).date()
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), time(hour, 25)))


def _note(days: int, viewer: Viewer, case: Case, kind: str, body: str) -> None:
    support.write_note(viewer=viewer, case=case, kind=kind, on=_day(days), body=body)


def _step(
    days: int, viewer: Viewer, case: Case, row: tuple[int, str, str, tuple[str, ...], str, int, int | None]
) -> None:  # fmt: skip
    _days, _key, kind, asks, result, known, wait = row
    facts = StepFacts(
        kind=kind, asks=asks, done_on=_day(days), answer_by=_day(days) + timedelta(days=wait) if wait else None
    )
    step = support.save_step(viewer=viewer, case=case, facts=facts)
    if result:
        with at(_moment(known, 15)):
            done = StepFacts(
                kind=kind, asks=asks, done_on=step.done_on, answer_by=step.answer_by, result=result,
                result_on=_day(known),
            )  # fmt: skip
            support.save_step(viewer=viewer, case=case, facts=done, step=step)


def _letter(days: int, viewer: Viewer, case: Case, kind: str) -> None:
    words = letter_bodies.write(queries.letter_facts(case, kind, _day(days)))
    letter_services.produce(viewer=viewer, case=case, kind=kind, dated=_day(days), words=words)


def _say(_days: int, viewer: Viewer | None, case: Case, audience: str, body: str) -> None:
    if viewer is None:
        messages.write_from_tenant(case=case, body=body)
    else:
        messages.write(viewer=viewer, case=case, audience=audience, body=body)


def _sent(days: int, viewer: Viewer, case: Case, row: tuple[int, str, str, str, int | None]) -> None:
    _days, _key, sender, reason, answered = row
    kept = support.receive(viewer=viewer, case=case, on=_day(days), reason=reason, from_whom=sender)
    if answered is not None:
        with at(_moment(answered, 11)):
            support.answer_back(viewer=viewer, row=kept)
