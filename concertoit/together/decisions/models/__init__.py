"""Deciding together in the database: one module per part of the cycle.

Each part adds its models here, in its own group of lines.
"""

from concertoit.together.decisions.models.adoption import Adoption, CycleLink, DepositReceipt, MinorCorrection
from concertoit.together.decisions.models.consent import (
    ConsentObjection,
    ConsentQuestion,
    ConsentReaction,
    ConsentRound,
    ConsentSeat,
    ConsentSession,
    ConsentTurn,
    ConsentVoice,
)
from concertoit.together.decisions.models.money import (
    CountResult,
    Envelope,
    FundingRequest,
    Recommendation,
    RecommendationLine,
)
from concertoit.together.decisions.models.prioritisation import (
    Invitee,
    Prioritisation,
    PriorityBallot,
    PriorityOption,
    Voice,
)
from concertoit.together.decisions.models.reviews import Opinion, Review, ReviewedAction, ReviewVoice
from concertoit.together.decisions.models.workshops import Hat, Idea, IdeaGroup, ProposedAction, Workshop

__all__ = [
    "Adoption",
    "ConsentObjection",
    "ConsentQuestion",
    "ConsentReaction",
    "ConsentRound",
    "ConsentSeat",
    "ConsentSession",
    "ConsentTurn",
    "ConsentVoice",
    "CountResult",
    "CycleLink",
    "DepositReceipt",
    "Envelope",
    "FundingRequest",
    "Hat",
    "Idea",
    "IdeaGroup",
    "Invitee",
    "MinorCorrection",
    "Opinion",
    "Prioritisation",
    "PriorityBallot",
    "PriorityOption",
    "ProposedAction",
    "Recommendation",
    "RecommendationLine",
    "Review",
    "ReviewVoice",
    "ReviewedAction",
    "Voice",
    "Workshop",
]
