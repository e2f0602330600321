"""Tenants' associations, the residents' committee, elections, representations to the office, peer mediation."""

from concertoit.field.participation.models.associations import Assembly, Complex, GrantYear, TenantAssociation
from concertoit.field.participation.models.committee import AdviceRequest, Mandate, ParameterValue, ResidentsCommittee
from concertoit.field.participation.models.elections import Candidacy, Complaint, Election, Scrutineer
from concertoit.field.participation.models.mediation import (
    MediationAgreement,
    MediationConflict,
    MediationOpinion,
    MediationParty,
    MediationRequest,
    MediationSeat,
    MediationSession,
    Mediator,
)
from concertoit.field.participation.models.representations import Representation, RepresentationStep

__all__ = [
    "AdviceRequest",
    "Assembly",
    "Candidacy",
    "Complaint",
    "Complex",
    "Election",
    "GrantYear",
    "Mandate",
    "MediationAgreement",
    "MediationConflict",
    "MediationOpinion",
    "MediationParty",
    "MediationRequest",
    "MediationSeat",
    "MediationSession",
    "Mediator",
    "ParameterValue",
    "Representation",
    "RepresentationStep",
    "ResidentsCommittee",
    "Scrutineer",
    "TenantAssociation",
]
