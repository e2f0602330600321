"""Cases of unsanitary housing: households, cases, partners, visits, grid, complexity, cell, accompaniment."""

from concertoit.field.cases.models.case import Assignment, BrigadeMember, Case, PartnerMandate
from concertoit.field.cases.models.cell import CellEntry, CellMember, CellReview, CellTask, RapidResponse
from concertoit.field.cases.models.complexity import (
    CaseFlag,
    ComplexityAssessment,
    ComplexityDecision,
    ComplexityRules,
)
from concertoit.field.cases.models.grid import (
    AuthorityDecision,
    GradeRecord,
    GridDimension,
    GridItem,
    GridVersion,
    HouseholdNeed,
    Observation,
    Sheet,
    SheetSending,
)
from concertoit.field.cases.models.intake import CaseList, DoorTally, Report, ReportDraft, ReportWord
from concertoit.field.cases.models.owners import Owner, Ownership
from concertoit.field.cases.models.people import Household, HouseholdConsent, HouseholdPerson, IdentityLook
from concertoit.field.cases.models.support import (
    Letter,
    Message,
    PathStep,
    ReceivedReferral,
    SupportNote,
    ThreadRead,
)
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
    "AuthorityDecision",
    "BrigadeMember",
    "Case",
    "CaseFlag",
    "CaseList",
    "CaseMove",
    "CellEntry",
    "CellMember",
    "CellReview",
    "CellTask",
    "ClockPause",
    "ComplexityAssessment",
    "ComplexityDecision",
    "ComplexityRules",
    "DoorTally",
    "GradeRecord",
    "GridDimension",
    "GridItem",
    "GridVersion",
    "Household",
    "HouseholdConsent",
    "HouseholdNeed",
    "HouseholdPerson",
    "IdentityLook",
    "Letter",
    "Message",
    "Milestone",
    "Observation",
    "Order",
    "Owner",
    "Ownership",
    "PartnerLink",
    "PartnerMandate",
    "PathStep",
    "RapidResponse",
    "ReceivedReferral",
    "Report",
    "ReportDraft",
    "ReportWord",
    "Sheet",
    "SheetSending",
    "SupportNote",
    "ThreadRead",
    "Visit",
    "WorkParameter",
]
