"""Cases of unsanitary housing: households, cases, partners, visits, grid, complexity, cell, accompaniment."""

from concertoit.field.cases.models.case import Assignment, BrigadeMember, Case, PartnerMandate
from concertoit.field.cases.models.people import Household, HouseholdConsent, HouseholdPerson, IdentityLook

__all__ = [
    "Assignment",
    "BrigadeMember",
    "Case",
    "Household",
    "HouseholdConsent",
    "HouseholdPerson",
    "IdentityLook",
    "PartnerMandate",
]
