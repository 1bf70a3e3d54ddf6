"""The tables of reviews. What says who a child is, or what happened to them, is sealed."""

from .chronology import ChronologyAsking, ChronologyEntry, ChronologyUpload, PairNote
from .decisions import (
    CriterionAnswer,
    NextStep,
    Notification,
    NotifyDecision,
    Position,
    ReviewRecommendation,
    SectionText,
)
from .letters import Commission, Reply, SentLetter
from .local import (
    DelayReason,
    EventInvitation,
    FamilyMember,
    FamilyWord,
    ParallelProcess,
    PractitionerEvent,
    Supervision,
    WrittenRequest,
    WrittenRequestStep,
)
from .readers import AccessRequest, AgencyRequest, Asking, Part, Reader, Reading, reading_on
from .redaction import RedactedCopy, RedactedLine, RedactedWord
from .report import (
    AgencyResponse,
    Finding,
    ImpactAssessment,
    Publication,
    PublicationPlan,
    PublishingPosition,
    ReportDraft,
)
from .reviews import Account, IdentityRecord, Review, ReviewMove, SealedIdentity
from .together import JointPartnership, LearningReview, NationalRecommendation, NationalReview
from .undone import STANDS, Undoable, undoing

__all__ = [
    "STANDS",
    "AccessRequest",
    "Account",
    "AgencyRequest",
    "AgencyResponse",
    "Asking",
    "ChronologyAsking",
    "ChronologyEntry",
    "ChronologyUpload",
    "Commission",
    "CriterionAnswer",
    "DelayReason",
    "EventInvitation",
    "FamilyMember",
    "FamilyWord",
    "Finding",
    "IdentityRecord",
    "ImpactAssessment",
    "JointPartnership",
    "LearningReview",
    "NationalRecommendation",
    "NationalReview",
    "NextStep",
    "Notification",
    "NotifyDecision",
    "PairNote",
    "ParallelProcess",
    "Part",
    "Position",
    "PractitionerEvent",
    "Publication",
    "PublicationPlan",
    "PublishingPosition",
    "Reader",
    "Reading",
    "RedactedCopy",
    "RedactedLine",
    "RedactedWord",
    "Reply",
    "ReportDraft",
    "Review",
    "ReviewMove",
    "ReviewRecommendation",
    "SealedIdentity",
    "SectionText",
    "SentLetter",
    "Supervision",
    "Undoable",
    "WrittenRequest",
    "WrittenRequestStep",
    "reading_on",
    "undoing",
]
