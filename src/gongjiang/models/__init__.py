"""Who remembers: one module a room. Django finds every model here."""

from gongjiang.models.accounts import Delegation, Grant, User
from gongjiang.models.assessment import Bar, ProcessOutcome
from gongjiang.models.audit import Checkpoint, Entry, Head
from gongjiang.models.bestowals import Bestowal, Preference
from gongjiang.models.blind import BlindPanel, BlindReview, RedactedCopy
from gongjiang.models.certificates import Certificate, FailedCheck, StandingChange
from gongjiang.models.contact import (
    Concern,
    Contact,
    ContactLatest,
    ContactRhythm,
    EnterpriseYear,
    MidtermCheck,
    Studio,
)
from gongjiang.models.cultivation import ActivityEntry
from gongjiang.models.evidence import (
    File,
    FileHint,
    FileMark,
    HintAnswer,
    Likeness,
    MarkBand,
    PartialUpload,
    Prepared,
    Recognised,
)
from gongjiang.models.followups import BenefitDue, BenefitStop, Claim, ClaimEntry, Explanation, QuotaCut
from gongjiang.models.formality import Finding
from gongjiang.models.funds import BenefitGrant, Budget, BudgetVersion, ServiceOffer, Spending
from gongjiang.models.honours import Coverage, DutyChange, Honour, NamingDocument
from gongjiang.models.inquiries import Inquiry, InquiryFile
from gongjiang.models.invitations import Invitation
from gongjiang.models.letters import Letter
from gongjiang.models.meetings import (
    Attendance,
    Ballot,
    Meeting,
    Recusal,
    Sitting,
    SittingItem,
    SittingMember,
    Vote,
)
from gongjiang.models.mentors import Apprenticeship, Mentorship
from gongjiang.models.messages import Channels, Delivery, Message, Reminder, ReminderPlan, Webhook
from gongjiang.models.nominations import Case, CaseParty, Edit, Revision, SheetImport, StageRow
from gongjiang.models.objections import ObjectionFile, ObjectionStep
from gongjiang.models.opinions import Opinion
from gongjiang.models.organisations import Organisation
from gongjiang.models.packages import Package, PackagePart
from gongjiang.models.papers import Arrival, ArrivedPaper, PrintedSheet, StampedScan
from gongjiang.models.people import Relation, Subject
from gongjiang.models.plans import CultivationPlan, Milestone, PlanEntry
from gongjiang.models.profile import CourtesyPolicy, MediaPiece, Profile, ProfileConsent, ProfileFile
from gongjiang.models.programmes import (
    CalendarYear,
    Edition,
    EditionRole,
    Extension,
    Judgement,
    PackVersion,
    Process,
    SampleClock,
    Seat,
)
from gongjiang.models.public_notices import Notice, NoticeEntry, NoticePosting, Objection
from gongjiang.models.quotas import PlaceChange, PoolCount, PoolSeat
from gongjiang.models.registry import PersonQuestion, Register, RegistryEntry, RegistryImport
from gongjiang.models.reports import PeriodicReport, ReportCall, ReportList
from gongjiang.models.rounds import StageList
from gongjiang.models.scoring import (
    Assignment,
    Draw,
    Expert,
    ExpertProfile,
    ImportedScore,
    PanelCheck,
    ScoreSheet,
)
from gongjiang.models.tallies import HonourMark, ListedMark, Tally
from gongjiang.models.training import (
    CultivationFile,
    LearningRound,
    PowerScore,
    PracticeTask,
    SessionPresence,
    TrainingEvent,
    TrainingPlace,
    TrainingSession,
)

__all__ = [
    "ActivityEntry",
    "Apprenticeship",
    "Arrival",
    "ArrivedPaper",
    "Assignment",
    "Attendance",
    "Ballot",
    "Bar",
    "BenefitDue",
    "BenefitGrant",
    "BenefitStop",
    "Bestowal",
    "BlindPanel",
    "BlindReview",
    "Budget",
    "BudgetVersion",
    "CalendarYear",
    "Case",
    "CaseParty",
    "Certificate",
    "Channels",
    "Checkpoint",
    "Claim",
    "ClaimEntry",
    "Concern",
    "Contact",
    "ContactLatest",
    "ContactRhythm",
    "CourtesyPolicy",
    "Coverage",
    "CultivationFile",
    "CultivationPlan",
    "Delegation",
    "Delivery",
    "Draw",
    "DutyChange",
    "Edit",
    "Edition",
    "EditionRole",
    "EnterpriseYear",
    "Entry",
    "Expert",
    "ExpertProfile",
    "Explanation",
    "Extension",
    "FailedCheck",
    "File",
    "FileHint",
    "FileMark",
    "Finding",
    "Grant",
    "Head",
    "HintAnswer",
    "Honour",
    "HonourMark",
    "ImportedScore",
    "Inquiry",
    "InquiryFile",
    "Invitation",
    "Judgement",
    "LearningRound",
    "Letter",
    "Likeness",
    "ListedMark",
    "MarkBand",
    "MediaPiece",
    "Meeting",
    "Mentorship",
    "Message",
    "MidtermCheck",
    "Milestone",
    "NamingDocument",
    "Notice",
    "NoticeEntry",
    "NoticePosting",
    "Objection",
    "ObjectionFile",
    "ObjectionStep",
    "Opinion",
    "Organisation",
    "PackVersion",
    "Package",
    "PackagePart",
    "PanelCheck",
    "PartialUpload",
    "PeriodicReport",
    "PersonQuestion",
    "PlaceChange",
    "PlanEntry",
    "PoolCount",
    "PoolSeat",
    "PowerScore",
    "PracticeTask",
    "Preference",
    "Prepared",
    "PrintedSheet",
    "Process",
    "ProcessOutcome",
    "Profile",
    "ProfileConsent",
    "ProfileFile",
    "QuotaCut",
    "Recognised",
    "Recusal",
    "RedactedCopy",
    "Register",
    "RegistryEntry",
    "RegistryImport",
    "Relation",
    "Reminder",
    "ReminderPlan",
    "ReportCall",
    "ReportList",
    "Revision",
    "SampleClock",
    "ScoreSheet",
    "Seat",
    "ServiceOffer",
    "SessionPresence",
    "SheetImport",
    "Sitting",
    "SittingItem",
    "SittingMember",
    "Spending",
    "StageList",
    "StageRow",
    "StampedScan",
    "StandingChange",
    "Studio",
    "Subject",
    "Tally",
    "TrainingEvent",
    "TrainingPlace",
    "TrainingSession",
    "User",
    "Vote",
    "Webhook",
]
