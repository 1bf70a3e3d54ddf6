"""Tables of the indicators room: what is published nationally, and what agencies return."""

from .publication import PublishedEdition
from .published import EthnicGroup, Neighbour, Population, PublishedValue, Release
from .returns import AgencyReturn, Fault, Figure, ReturnMove
from .steering import Commentary, Target

__all__ = [
    "AgencyReturn",
    "Commentary",
    "EthnicGroup",
    "Fault",
    "Figure",
    "Neighbour",
    "Population",
    "PublishedEdition",
    "PublishedValue",
    "Release",
    "ReturnMove",
    "Target",
]
