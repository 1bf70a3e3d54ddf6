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
from .readers import AccessRequest, AgencyRequest, Asking, Part, Reader, Reading, reading_on
from .redaction import RedactedCopy, RedactedLine, RedactedWord
from .reviews import Account, IdentityRecord, Review, ReviewMove, SealedIdentity
from .undone import STANDS, Undoable, undoing

__all__ = [
    "STANDS",
    "AccessRequest",
    "Account",
    "AgencyRequest",
    "Asking",
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
    "Reading",
    "RedactedCopy",
    "RedactedLine",
    "RedactedWord",
    "Reply",
    "Review",
    "ReviewMove",
    "ReviewRecommendation",
    "SealedIdentity",
    "SectionText",
    "SentLetter",
    "Undoable",
    "reading_on",
    "undoing",
]
