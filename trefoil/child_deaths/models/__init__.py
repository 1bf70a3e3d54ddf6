"""The tables of child deaths. What says who a child was, or what happened, is sealed."""

from .analysis import (
    Analysis,
    Closing,
    DeathRecommendation,
    DomainFactors,
    LearningPoint,
    PracticeReview,
)
from .deaths import AnotherChild, Death, DeathIdentity, DeathMove, Fingerprint
from .panels import Hearing, Panel, PanelMember, PanelPaper
from .readers import AgencyReply, DeathAsking, DeathReader, InformationRequest
from .response import ResponseDecision, ResponseStep, ReviewMeeting
from .retention import DeathRetention

__all__ = [
    "AgencyReply",
    "Analysis",
    "AnotherChild",
    "Closing",
    "Death",
    "DeathAsking",
    "DeathIdentity",
    "DeathMove",
    "DeathReader",
    "DeathRecommendation",
    "DeathRetention",
    "DomainFactors",
    "Fingerprint",
    "Hearing",
    "InformationRequest",
    "LearningPoint",
    "Panel",
    "PanelMember",
    "PanelPaper",
    "PracticeReview",
    "ResponseDecision",
    "ResponseStep",
    "ReviewMeeting",
]
