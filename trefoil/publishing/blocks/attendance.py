"""Who came to a group's meetings in a period, by agency and never by person."""

from trefoil.meetings.attendance import AgencyYear, year_by_agency
from trefoil.meetings.enums import MeetingState
from trefoil.meetings.models import Meeting
from trefoil.meetings.queries import attendance_at
from trefoil.people.models import Group

from ..enums import BlockKind
from .period import Period, nothing
from .shown import ShownBlock, table_of


def attendance_block(period: Period, group_key: str) -> ShownBlock:
    """One group's meetings that were held in the period: how often each agency was expected and came."""
    group = Group.objects.filter(partnership=period.partnership, pk=int(group_key)).first()
    if group is None:
        return nothing(BlockKind.ATTENDANCE, "Who came", "There is no such group any more.", "meeting_list")
    title = f"Who came to the {group.name}, {period.words}"
    held = list(
        Meeting.objects.filter(group=group, state=MeetingState.HELD, **period.moments("starts_at")).order_by(
            "starts_at"
        )
    )
    lines = year_by_agency(held, attendance_at(held))
    if not lines:
        return nothing(BlockKind.ATTENDANCE, title, "No meeting of this group was held in this period.", "meeting_list")
    low = [one.name for one in lines if one.is_low]
    met = f"It met {len(held)} time{'' if len(held) == 1 else 's'}."
    rarely = f"Represented at fewer than two meetings in three: {', '.join(low)}." if low else ""
    headings = ("Agency", "Expected", "A member came", "A substitute came", "Represented")
    return ShownBlock(
        kind=BlockKind.ATTENDANCE.value,
        title=title,
        sentences=tuple(words for words in (met, rarely) if words),
        source="Attendance as the minutes have it. Guests and advisers are not counted.",
        tables=(table_of(f"Attendance by agency, {group.name}, {period.words}", headings, list(map(_row, lines))),),
    )


def _row(line: AgencyYear) -> tuple[str, ...]:
    share = (100 * (line.came + line.substitutes) + line.expected // 2) // line.expected
    return line.name, str(line.expected), str(line.came), str(line.substitutes), f"{share}%"
