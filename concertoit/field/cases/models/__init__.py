"""Cases of unsanitary housing: households, cases, partners, visits, grid, complexity, cell, accompaniment."""

from concertoit.field.cases.models.case import Assignment, BrigadeMember, Case, PartnerMandate
from concertoit.field.cases.models.intake import CaseList, DoorTally, Report, ReportDraft, ReportWord
from concertoit.field.cases.models.owners import Owner, Ownership
from concertoit.field.cases.models.people import Household, HouseholdConsent, HouseholdPerson, IdentityLook
from concertoit.field.cases.models.work import (
    CaseMove,
    ClockPause,
    Milestone,
    Order,
    PartnerLink,
    Visit,
    WorkParameter,
)

__all__ = [
    "Assignment",
    "BrigadeMember",
    "Case",
    "CaseList",
    "CaseMove",
    "ClockPause",
    "DoorTally",
    "Household",
    "HouseholdConsent",
    "HouseholdPerson",
    "IdentityLook",
    "Milestone",
    "Order",
    "Owner",
    "Ownership",
    "PartnerLink",
    "PartnerMandate",
    "Report",
    "ReportDraft",
    "ReportWord",
    "Visit",
    "WorkParameter",
]
