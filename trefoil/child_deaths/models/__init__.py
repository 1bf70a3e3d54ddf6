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
from .family import FamilySupport, PassedOn
from .panels import Hearing, Panel, PanelMember, PanelPaper
from .readers import AgencyReply, DeathAsking, DeathReader, InformationRequest
from .reports import PartnersReport
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
    "FamilySupport",
    "Fingerprint",
    "Hearing",
    "InformationRequest",
    "LearningPoint",
    "Panel",
    "PanelMember",
    "PanelPaper",
    "PartnersReport",
    "PassedOn",
    "PracticeReview",
    "ResponseDecision",
    "ResponseStep",
    "ReviewMeeting",
]
