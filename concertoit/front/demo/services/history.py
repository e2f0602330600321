"""What happened to the plan of the example until today: states, notes, judgements, amounts, measures, comments."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from concertoit.ground.audit.services import record
from concertoit.ground.identity.models import User
from concertoit.together.plans.models import (
    Comment,
    Indicator,
    Measure,
    Outlook,
    PlanItem,
    PlanNode,
    PlanVersion,
    ProgressNote,
    Spending,
)

# How far each action is: (steps done, then in progress) over all its steps in reading order; late steps by due date.
FAR: dict[str, tuple[int, int]] = {
    "1.1.1": (9, 3), "1.2.1": (2, 1), "1.2.2": (4, 2), "1.3.1": (3, 2), "1.3.2": (3, 2), "1.4.1": (2, 1),
    "2.1.1": (3, 1), "2.1.2": (2, 1), "2.1.3": (2, 1), "2.1.5": (3, 2), "2.2.1": (2, 1), "2.2.2": (3, 1),
    "2.2.3": (1, 1), "2.3.1": (4, 1), "2.3.3": (2, 1), "2.3.5": (1, 0), "3.1.1": (4, 1), "3.2.1": (1, 1),
    "4.1.1": (3, 1), "4.2.1": (2, 1), "4.3.1": (3, 1), "4.3.3": (3, 1), "4.3.4": (2, 0), "4.4.1": (2, 1),
}  # fmt: skip
LATE = ["1.3.1", "2.2.2", "3.2.1"]
SOON = ["1.3.2"]
WEATHER: list[tuple[str, str, str]] = [
    ("1.1.1", "good", "Toutes les MRC sont représentées depuis l’automne."),
    ("1.2.1", "good", "Deux collaborations sont nées à la dernière plénière."),
    ("1.2.2", "support", "Les calendriers des comités locaux se chevauchent; il faut de l’aide pour être partout."),
    ("1.3.1", "trouble", "Plusieurs fiches attendent encore leurs textes; le lancement est repoussé."),
    ("1.3.2", "good", "Le comité de pilotage est en place et le financement de l’an 1 est confirmé."),
    ("2.1.1", "good", "La déclaration est citée dans trois rencontres municipales."),
    ("2.2.2", "support", "Le texte de gouvernance demande une relecture par deux partenaires."),
    ("4.3.1", "good", "Le portrait est terminé."),
]
NOTES: list[tuple[str, str, int, str]] = [
    (
        "1.3.2",
        "louise",
        1,
        "Le comité de gouvernance locale s’est réuni pour la deuxième fois. Les rôles sont clairs.",
    ),
    ("1.3.1", "nadia", 4, "Onze organismes ont rempli leur fiche. **Il en manque six**; un rappel part lundi."),
    ("1.1.1", "nadia", 9, "Premier échange avec les élus tenu à Joliette : douze personnes, une formule à garder."),
    ("2.1.3", "nadia", 13, "Deux demandes d’appui reçues et envoyées aux partenaires."),
    ("4.1.1", "nadia", 20, "Visite de deux projets; la synthèse est en cours d’écriture."),
    ("3.1.1", "nadia", 27, "La revue de presse du mois est partie, avec trois bons coups."),
    ("4.3.1", "nadia", 40, "Le portrait des services de menus travaux est diffusé."),
]
SPENT: list[tuple[str, str, str, str, int]] = [
    ("1.3.1.1", "committed", "6500.00", "An 1", 60),
    ("1.3.1.1", "spent", "3120.50", "An 1", 20),
    ("1.3.2.1", "committed", "17615.00", "An 1", 75),
    ("1.3.2.1", "spent", "9480.25", "An 1", 12),
]


def tell(version: PlanVersion, users: dict[str, User]) -> None:
    """Write the follow-up of a version in force."""
    nodes = {node.canonical: node for node in PlanNode.objects.filter(version=version).select_related("item")}
    _states(version, nodes, users)
    for code, value, reason in WEATHER:
        node = nodes[code]
        outlook = Outlook.objects.create(
            space=version.space, item=node.item, value=value, reason=reason, at=_ago(12), author=users["nadia"],
            author_label=str(users["nadia"]),
        )  # fmt: skip
        PlanItem.objects.filter(pk=node.item_id).update(outlook=outlook, last_news_at=outlook.at)
        _journal(node, "plan.outlook_set", users["nadia"], outlook.at, {"outlook": value, "reason": reason})
    for code, who, days, body in NOTES:
        note = ProgressNote.objects.create(
            space=version.space, item=nodes[code].item, body=body, at=_ago(days), author=users[who],
            author_label=str(users[who]),
        )  # fmt: skip
        PlanItem.objects.filter(pk=nodes[code].item_id).update(last_news_at=note.at)
        _journal(nodes[code], "plan.note_added", users[who], note.at, {"note": body})
    for code, kind, amount, year, days in SPENT:
        Spending.objects.create(
            space=version.space, item=nodes[code].item, kind=kind, amount=Decimal(amount), year=year,
            on=timezone.localdate() - timedelta(days=days), fiscal_agent="DS Lanaudière", author=users["nadia"],
        )  # fmt: skip
    _figures(version, nodes, users)
    Comment.objects.create(
        space=version.space, item=nodes["1.3.1"].item, author=users["paul"],
        body="On peut aider à relancer les organismes de santé, si cela vous rend service.",
    )  # fmt: skip
    _journal(nodes["1.3.1"], "plan.comment_added", users["paul"], _ago(2), {})


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days, hours=3)


def _journal(node: PlanNode, verb: str, who: User, at: datetime, after: dict[str, Any]) -> None:
    """The line that the journal would have kept on the day."""
    record(
        actor=who, verb=verb, object_type="plans.item", object_id=node.item_id, object_label=str(node),
        space_id=node.space_id, after=after, at=at,
    )  # fmt: skip


def _states(version: PlanVersion, nodes: dict[str, PlanNode], users: dict[str, User]) -> None:
    today = timezone.localdate()
    by_action: dict[int, list[PlanNode]] = {}
    for node in sorted(nodes.values(), key=lambda node: node.order):
        if node.kind == "step" and node.action_id:
            by_action.setdefault(node.action_id, []).append(node)
    changed: list[PlanItem] = []
    for code, (done, doing) in FAR.items():
        action, steps = nodes[code], by_action.get(nodes[code].pk, [])
        action.item.phase = "started"
        changed.append(action.item)
        for place, step in enumerate(steps[: done + doing]):
            step.item.state = "done" if place < done else "doing"
            ago = max(200 - place * 23, 2)
            step.item.state_on = today - timedelta(days=ago)
            changed.append(step.item)
            who = users["louise" if code == "1.3.2" else "nadia"]
            _journal(step, "plan.state_changed", who, _ago(ago), {"state": step.item.state})
        if code in LATE:
            late = steps[done]
            late.item.due_on = today - timedelta(days=22)
        if code in SOON:
            steps[done].item.due_on = today + timedelta(days=5)
    blocked = by_action[nodes["2.2.3"].pk][3].item
    blocked.state, blocked.state_on = "blocked", today - timedelta(days=30)
    blocked.state_note = "Dès que la prochaine entente de financement sera connue."
    dropped = by_action[nodes["2.3.3"].pk][2].item
    dropped.state, dropped.state_on = "dropped", today - timedelta(days=50)
    dropped.state_note = "Repris par l’action 2.3.1."
    PlanItem.objects.bulk_update([*changed, blocked, dropped], ["state", "state_on", "state_note", "phase", "due_on"])


def _figures(version: PlanVersion, nodes: dict[str, PlanNode], users: dict[str, User]) -> None:
    fiches = Indicator.objects.create(
        space=version.space, item=nodes["1.3.1.1"].item, title="Fiches à jour dans la Vitrine", unit="fiches",
        baseline="4", baseline_value=4, target="25", target_value=25, target_on=date(2028, 3, 31),
        source="Vitrine habitation",
    )  # fmt: skip
    mrcs = Indicator.objects.create(
        space=version.space, item=nodes["1.1.1.1"].item, title="MRC représentées au chantier", unit="MRC",
        baseline="4", baseline_value=4, target="6", target_value=6, source="Liste des présences",
    )  # fmt: skip
    today = timezone.localdate()
    for indicator, values in ((fiches, [4, 6, 9, 11]), (mrcs, [4, 5, 6])):
        for place, value in enumerate(values):
            Measure.objects.create(
                space=version.space, indicator=indicator, value=value, author=users["nadia"], source=indicator.source,
                on=today - timedelta(days=60 * (len(values) - 1 - place) + 5),
            )  # fmt: skip
