"""Tenants' associations and their assemblies, the residents' committee, the election of representatives."""

from concertoit.field.participation.models.associations import Assembly, Complex, GrantYear, TenantAssociation
from concertoit.field.participation.models.committee import AdviceRequest, Mandate, ParameterValue, ResidentsCommittee
from concertoit.field.participation.models.elections import Candidacy, Complaint, Election, Scrutineer

__all__ = [
    "AdviceRequest",
    "Assembly",
    "Candidacy",
    "Complaint",
    "Complex",
    "Election",
    "GrantYear",
    "Mandate",
    "ParameterValue",
    "ResidentsCommittee",
    "Scrutineer",
    "TenantAssociation",
]
