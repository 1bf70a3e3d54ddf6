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
from .readers import AccessRequest, AgencyRequest, Part, Reader, reading_on
from .redaction import RedactedCopy, RedactedLine, RedactedWord
from .reviews import Account, IdentityRecord, Review, ReviewMove
from .undone import STANDS, undoing

__all__ = [
    "STANDS",
    "AccessRequest",
    "Account",
    "AgencyRequest",
    "ChronologyAsking",
    "ChronologyEntry",
    "ChronologyUpload",
    "Commission",
    "CriterionAnswer",
    "IdentityRecord",
    "NextStep",
    "Notification",
    "NotifyDecision",
    "PairNote",
    "Part",
    "Position",
    "Reader",
    "RedactedCopy",
    "RedactedLine",
    "RedactedWord",
    "Reply",
    "Review",
    "ReviewMove",
    "ReviewRecommendation",
    "SectionText",
    "SentLetter",
    "reading_on",
    "undoing",
]
