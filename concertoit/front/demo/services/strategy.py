"""The change strategy of the example's brigade: what it wants to see change, by what signs, and what it sees so far."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from concertoit.front.demo.services.clock import at, hour_of
from concertoit.ground.identity.models import User
from concertoit.ground.spaces.models import Space
from concertoit.ground.spaces.queries import viewer_for
from concertoit.insight.evaluation.models import ExpectedChange
from concertoit.insight.evaluation.rules.pasted import read
from concertoit.insight.evaluation.services import strategy
from concertoit.insight.evaluation.services.strategy import SignFacts

TEXT = """Changements de connaissances
- Les locataires savent par où passe un signalement et qui s’en occupe (Axe 1)
- Le public distingue le logement abordable du logement social (Axes 2&3)

Changements de pratiques
- Les équipes visitent à deux, inspection et accompagnement ensemble (Axe 1)
- Les locataires se réfèrent entre eux vers les ressources du milieu (Axe 1)
- Les situations graves ont une cellule en place dans la journée (Axe 1)
- Les villes partagent leurs outils et servent d’exemple à l’agglomération (Axe 2)
- Les organismes mettent leurs services en commun (Axes 2&3)

Changements de conditions de vie
- Les ménages accompagnés vivent dans un logement salubre, sain et sécuritaire

Axe 1: Intervention de proximité
Axe 2: Mise en commun des connaissances et des pratiques
Axe 3: Communications et mobilisation
Axe 4: Évaluation évolutive et participative
"""
# beginning of the change, metric or name of a sign, target
SIGNS: list[tuple[str, str, str, int | None]] = [
    ("Les ménages", "cases.better", "", 70),
    ("Les équipes", "cases.visits", "", None),
    ("Les équipes", "cases.in_time", "", 80),
    ("Les locataires savent", "", "Appels à la brigade qui viennent d’une autre personne locataire", 30),
    ("Les locataires savent", "cases.opened", "", None),
    ("Les villes", "training.sessions", "", 6),
]
READINGS = [
    ("Les ménages", 200, "not_yet", "Trop peu de dossiers fermés pour le dire."),
    (
        "Les ménages",
        40,
        "starting",
        "Les premiers dossiers fermés le montrent; deux ménages sont partis sans solution.",
    ),
    ("Les équipes", 60, "yes", "Depuis le printemps, toutes les premières visites se font à deux."),
    ("Les situations", 30, "starting", "Une cellule a été mise en place en moins d’une heure; l’exercice a aidé."),
    ("Le public", 90, "unknown", "Rien ne le mesure encore : sondage à prévoir."),
]


def tell_strategy(space: Space, users: dict[str, User]) -> None:
    """A year of the strategy: written, given signs, read three times."""
    viewer, today = viewer_for(users["carl"], space.slug), timezone.localdate()
    with at(hour_of(today - timedelta(days=330))):
        strategy.write_pasted(viewer=viewer, pasted=read(TEXT))
        for start, metric, name, target in SIGNS:
            strategy.save_sign(
                viewer=viewer, change=_change(space, start),
                facts=SignFacts(
                    name=name, metric=metric, source="" if metric else "Registre d’appels de la brigade",
                    unit="" if metric else "appels", target=Decimal(target) if target else None,
                ),
            )  # fmt: skip
    for start, days, seen, words in READINGS:
        with at(hour_of(today - timedelta(days=days))):
            strategy.read_change(
                viewer=viewer, change=_change(space, start), on=today - timedelta(days=days), seen=seen, words=words
            )
    calls = _change(space, "Les locataires savent").signs.get(metric="")
    for quarter, value in ((3, 6), (2, 11), (1, 19)):
        until = today - timedelta(days=90 * quarter - 60)
        with at(hour_of(until)):
            strategy.keep_value(
                viewer=viewer, sign=calls, since=until - timedelta(days=90), until=until, value=Decimal(value)
            )


def _change(space: Space, start: str) -> ExpectedChange:
    return ExpectedChange.objects.get(space=space, text__startswith=start)
