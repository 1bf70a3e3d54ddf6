"""Tables of publishing."""

from .documents import Block, Overruling, PublicDocument, Section
from .editions import DocumentMove, Edition, Offer, OfferAnswer
from .together import Comment, Contribution

__all__ = [
    "Block",
    "Comment",
    "Contribution",
    "DocumentMove",
    "Edition",
    "Offer",
    "OfferAnswer",
    "Overruling",
    "PublicDocument",
    "Section",
]
