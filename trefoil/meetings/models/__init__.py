"""The tables of meetings."""

from .decisions import Decision, PartnerPosition
from .groups import BoardLink, BoardSeat, ChairTerm, Cycle, QuorumAgency, Terms
from .meetings import AgendaItem, Attendance, DeclaredInterest, ForwardItem, Meeting, MeetingMove
from .minutes import Minutes, MinutesEntry

__all__ = [
    "AgendaItem",
    "Attendance",
    "BoardLink",
    "BoardSeat",
    "ChairTerm",
    "Cycle",
    "Decision",
    "DeclaredInterest",
    "ForwardItem",
    "Meeting",
    "MeetingMove",
    "Minutes",
    "MinutesEntry",
    "PartnerPosition",
    "QuorumAgency",
    "Terms",
]
