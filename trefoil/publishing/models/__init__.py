"""Tables of publishing."""

from .after import BoardPassage, EditionMove, ScrutinyStatement, Sending
from .care import PolicyCare, PolicyReview
from .documents import Block, Overruling, PublicDocument, Section
from .editions import DocumentMove, Edition, Offer, OfferAnswer
from .links import TriedLink
from .together import Comment, Contribution
from .versions import SectionVersion

__all__ = [
    "Block",
    "BoardPassage",
    "Comment",
    "Contribution",
    "DocumentMove",
    "Edition",
    "EditionMove",
    "Offer",
    "OfferAnswer",
    "Overruling",
    "PolicyCare",
    "PolicyReview",
    "PublicDocument",
    "ScrutinyStatement",
    "Section",
    "SectionVersion",
    "Sending",
    "TriedLink",
]
