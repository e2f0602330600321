"""Plans made up by Hypothesis: trees that skip levels, odd numbers, every role, line breaks, structure in texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from concertoit.together.plans.rules.document import (
    LEVEL,
    Actor,
    ActorKind,
    ActorRole,
    BudgetKind,
    BudgetLine,
    CycleStep,
    Indicator,
    Link,
    Node,
    NodeKind,
    Participant,
    Period,
    PlanDocument,
    Section,
    SectionKind,
    StepState,
)

# Pieces that look like our own structure, beside what people write.
TRAPS = [
    "Début : 2026-01-01", "Rang : 1", "Partenaire : X", "\\", "\\n", "—", "— a", "[comité]", "[x]", "a — b", "#1", "#2",
    "(suite)", "\\(suite)", "Réf.", "Niveau", "Titre", "=1+1", "'x", "12", "1e5", "2026-01-01", "VRAI", "_x0041_",
    "&amp;", "<w:t>", "]]>", "1,1,1 ", "AN 1", "Plan", "oui", " ", "\n\n", "• a", "1. a", "é", "L’élu·e", "🏠",
    "«\u00a0a\u00a0»", "En lien avec", "Regroupement:", "Priorité transversale : b", "\u202f", "\u200b", "ﬁ",
    "e\u0301", "Page de",
]  # fmt: skip
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs",))
PIECES = st.one_of(st.sampled_from(TRAPS), st.text(CHARACTERS, max_size=8), st.sampled_from(["logement", "\n", " "]))
TEXTS = st.lists(PIECES, max_size=4).map("".join)
DAYS = st.none() | st.dates(date(1850, 1, 1), date(2200, 12, 31))
AMOUNTS = st.decimals(Decimal(-10_000_000), Decimal(999_999_999), places=2, allow_nan=False, allow_infinity=False)
NUMBERS = st.sampled_from(["", "1", "1.1", "1,1,1", "1.1.1 3", "2.1,2,1", "3.1.1.", "1-1", "A", "0.0", "4,"]) | TEXTS
PERIODS = st.builds(
    Period,
    written=st.sampled_from(["", "26-28", "en continu"]) | TEXTS,
    start=DAYS,
    end=DAYS,
    continuous=st.booleans(),
)
ACTORS = st.builds(
    Actor, role=st.sampled_from(ActorRole), name=TEXTS, kind=st.sampled_from(ActorKind), precision=TEXTS
)
BUDGET_LINES = st.builds(
    BudgetLine,
    amount=AMOUNTS,
    year=st.sampled_from(["", "An 1", "2026-2027", "2026"]) | TEXTS,
    kind=st.sampled_from(BudgetKind),
    fiscal_agent=TEXTS,
    source=TEXTS,
)
INDICATORS = st.builds(Indicator, title=TEXTS, unit=TEXTS, baseline=TEXTS, target=TEXTS)
PARTICIPANTS = st.builds(Participant, organisation=TEXTS, person=TEXTS, capacity=TEXTS)
CYCLE_STEPS = st.builds(CycleStep, when=TEXTS, title=TEXTS, body=TEXTS, detail=TEXTS, date=DAYS)
SECTIONS = st.builds(Section, kind=st.sampled_from(SectionKind), body=TEXTS, heading=TEXTS)


def few(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(of, max_size=2)


@st.composite
def nodes(draw: st.DrawFn, deeper_than: int = -1) -> Node:
    """An element and what stands under it, at any deeper levels."""
    kind = draw(st.sampled_from([kind for kind in NodeKind if LEVEL[kind] > deeper_than]))
    below = LEVEL[kind] < LEVEL[NodeKind.STEP]
    return Node(
        id="",
        kind=kind,
        title=draw(TEXTS),
        written=draw(NUMBERS),
        canonical=draw(NUMBERS),
        description=draw(TEXTS),
        group=draw(st.sampled_from(["", "AN 1", "Visites terrains"]) | TEXTS),
        period=draw(PERIODS),
        state=draw(st.none() | st.sampled_from(StepState)),
        actors=draw(few(ACTORS)),
        budget=draw(st.none() | AMOUNTS),
        budget_lines=draw(few(BUDGET_LINES)),
        indicators=draw(few(INDICATORS)),
        cross_cutting=draw(few(TEXTS)),
        children=draw(st.lists(nodes(LEVEL[kind]), max_size=2)) if below else [],
        guessed=["title"],
        source_place="tableau 1",
        source_text="x",
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    """A whole plan; links go to elements of the plan, to other plans, or nowhere yet."""
    plan = PlanDocument(
        title=draw(TEXTS),
        period=draw(PERIODS),
        participants=draw(few(PARTICIPANTS)),
        cycle=draw(few(CYCLE_STEPS)),
        sections=draw(few(SECTIONS)),
        roots=draw(st.lists(nodes(), max_size=3)),
    )
    everyone = list(plan.walk())
    identifiers = draw(st.sampled_from([lambda n: f"00000000-0000-4000-8000-{n:012d}", lambda n: f"#{n + 2}", str]))
    for place, node in enumerate(everyone):
        node.id = identifiers(place)
    targets = st.none() | st.sampled_from([node.id for node in everyone] or ["x"]) | st.just("ailleurs")
    kinds = st.sampled_from(["related", "depends", "En lien avec", "autre"])
    for node in everyone:
        node.links = draw(
            st.lists(st.builds(Link, target_written=TEXTS, target=targets, kind=kinds, note=TEXTS), max_size=1)
        )
    return plan
