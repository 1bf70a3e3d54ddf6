"""Tables of publishing."""

from .documents import Block, Overruling, PublicDocument, Section
from .editions import DocumentMove, Edition, Offer, OfferAnswer

__all__ = [
    "Block",
    "DocumentMove",
    "Edition",
    "Offer",
    "OfferAnswer",
    "Overruling",
    "PublicDocument",
    "Section",
]
