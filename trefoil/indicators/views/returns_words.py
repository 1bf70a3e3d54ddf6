"""A return as words for a reader: its status, when it is due, and who has to act."""

from dataclasses import dataclass
from datetime import date

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing

from ..enums import EDITABLE_STATES, ReturnState
from ..models import AgencyReturn
from ..states import AGENCY, OWNER


def day_words(day: date) -> str:
    """`3 March 2026`."""
    return f"{day:%-d %B %Y}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 fault`, `2 faults`, `1,390 figures`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


DONE = (ReturnState.APPROVED, ReturnState.PRINTED)


@dataclass(frozen=True)
class ReturnLine:
    """One return as a line of the list. `status` and `status_words` make its tag."""

    agency_return: AgencyReturn
    status: str
    status_words: str
    due: str
    is_late: bool
    next_step: str
    is_mine: bool


def return_line(agency_return: AgencyReturn, standing: Standing, today: date) -> ReturnLine:
    """The line of one return for one reader."""
    status, words = status_of(agency_return, today)
    return ReturnLine(
        agency_return=agency_return,
        status=status,
        status_words=words,
        due=due_words(agency_return, today),
        is_late=agency_return.is_late_on(today),
        next_step=next_step(agency_return, standing, today),
        is_mine=is_with(agency_return, standing, today),
    )


def status_of(agency_return: AgencyReturn, today: date) -> tuple[str, str]:
    """The tag: its status and its words. Late comes before the state, because it is what matters first."""
    if agency_return.is_closed_on(today):
        return "late", "Late and closed"
    if agency_return.is_late_on(today):
        late = "Late" if agency_return.state == ReturnState.OPEN else "Queried and late"
        return "late", late
    if today < agency_return.opens_on:
        return "context", "Not open yet"
    return str(agency_return.state), ""


def due_words(agency_return: AgencyReturn, today: date) -> str:
    """When it is due, and how far away or how late that is."""
    due = agency_return.due_on
    if agency_return.state not in EDITABLE_STATES:
        return f"Was due on {day_words(due)}"
    days = (due - today).days
    if days < 0:
        return f"Was due on {day_words(due)}, {counted(-days, 'day')} ago"
    return f"Due on {day_words(due)}, {'today' if days == 0 else 'in ' + counted(days, 'day')}"


def closes_words(agency_return: AgencyReturn, today: date) -> str:
    """When it closes or closed."""
    if agency_return.closes_on is None:
        return "No closing date; late is not locked"
    closed = agency_return.is_closed_on(today)
    return f"{'Closed on ' if closed else ''}{day_words(agency_return.closes_on)}"


def is_with(agency_return: AgencyReturn, standing: Standing, today: date) -> bool:
    """Whether the next step is this reader's."""
    if agency_return.state in DONE or today < agency_return.opens_on:
        return False
    if OWNER[ReturnState(agency_return.state)] == AGENCY:
        return standing.may_for(Permission.SUBMIT_RETURN, agency_return.agency_id)
    return standing.may(Permission.APPROVE_RETURN)


def next_step(agency_return: AgencyReturn, standing: Standing, today: date) -> str:
    """Who has to act, and how."""
    agency = "you" if is_with(agency_return, standing, today) else str(agency_return.agency)
    if agency_return.state in DONE:
        return "Nobody: it is done"
    if today < agency_return.opens_on:
        return f"Nobody yet: it opens on {day_words(agency_return.opens_on)}"
    if agency_return.state == ReturnState.SUBMITTED:
        analyst = "You" if is_with(agency_return, standing, today) else "The analyst"
        return f"{analyst}: query or approve it"
    return f"{agency[:1].upper()}{agency[1:]}: {_what_the_agency_does(agency_return, today)}"


def _what_the_agency_does(agency_return: AgencyReturn, today: date) -> str:
    if agency_return.state == ReturnState.QUERIED:
        return "answer the query"
    if agency_return.closes_on and agency_return.is_closed_on(today):
        closed = f"it closed on {day_words(agency_return.closes_on)}"
        return f"{closed}; submit late what is in it, or have the closing date moved"
    return "fill it in and submit it"
