"""iCalendar read by the letter of RFC 5545, and by no library: what is wrong with a file, and what its events say.

It knows what Trefoil writes and no more: text, dates, moments in UTC, whole numbers, a duration and an address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Section 3.1: a line has at most 75 octets without its end. 3.3.11: no control character but a tab.
LONGEST_LINE = 75
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_LINE = re.compile(r'(?P<name>[A-Z0-9-]+)(?P<parameters>(?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]+))*):(?P<value>.*)')
_DAY, _MOMENT = re.compile(r"\d{8}"), re.compile(r"\d{8}T\d{6}Z")
_ESCAPED = re.compile(r"\\[\\;,nN]")
_STATUS = {"TENTATIVE", "CONFIRMED", "CANCELLED"}  # 3.8.1.11
# What stands exactly once (True) or at most once in each part: 3.6, 3.6.1.
_IN_CALENDAR = {"PRODID": True, "VERSION": True, "CALSCALE": False, "METHOD": False}
_IN_EVENT = {
    **dict.fromkeys(("UID", "DTSTAMP", "DTSTART"), True),
    **dict.fromkeys(("DTEND", "SUMMARY", "LOCATION", "STATUS", "SEQUENCE", "CLASS", "TRANSP", "URL"), False),
    "LAST-MODIFIED": False,
}


@dataclass
class Part:
    """A calendar or an event: its properties as (parameters, value) by name, in the order of the file."""

    name: str
    properties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The one value of a property; empty when there is none."""
        return self.properties.get(name, [("", "")])[0][1]

    def text(self, name: str) -> str:
        """A text as it was before it was escaped (3.3.11)."""
        return _ESCAPED.sub(lambda one: {"n": "\n", "N": "\n"}.get(one[0][1], one[0][1]), self.value(name))


def faults_of(file: bytes) -> list[str]:
    """Everything in it that breaks a rule; nothing for a file that keeps them."""
    found = list(_line_faults(file))
    if found:
        return found
    try:
        calendar = read(file)
    except ValueError as error:
        return [str(error)]
    return [*_calendar_faults(calendar), *(fault for event in calendar.parts for fault in _event_faults(event))]


def _line_faults(file: bytes) -> Iterator[str]:
    if not file.endswith(b"\r\n"):
        yield "the last line has no end"
    for number, line in enumerate(file.removesuffix(b"\r\n").split(b"\r\n"), 1):
        if len(line) > LONGEST_LINE:
            yield f"line {number} has {len(line)} octets"
        try:
            words = line.decode()
        except UnicodeDecodeError:
            yield f"line {number} ends within a character"
        else:
            if _CONTROL.search(words):
                yield f"line {number} holds a control character"


def read(file: bytes) -> Part:
    """The calendar. Raises ValueError for a line or a nesting that is none."""
    outer = Part("")
    open_parts = [outer]
    for line in file.decode().removesuffix("\r\n").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n"):
        held = _LINE.fullmatch(line)
        if held is None:
            raise ValueError(f"no content line: {line!r}")
        if held["name"] == "BEGIN":
            open_parts[-1].parts.append(Part(held["value"]))
            open_parts.append(open_parts[-1].parts[-1])
        elif held["name"] == "END":
            if open_parts.pop().name != held["value"]:
                raise ValueError(f"{held['value']} ends and was not begun")
        else:
            kept = open_parts[-1].properties.setdefault(held["name"], [])
            kept.append((held["parameters"], held["value"]))
    if open_parts != [outer] or [one.name for one in outer.parts] != ["VCALENDAR"]:
        raise ValueError("there is not one calendar that begins and ends")
    return outer.parts[0]


def _calendar_faults(calendar: Part) -> Iterator[str]:
    yield from _count_faults(calendar, _IN_CALENDAR)
    if calendar.value("VERSION") != "2.0":
        yield "the version is not 2.0"
    uids = [event.value("UID") for event in calendar.parts]
    if len(set(uids)) < len(uids):
        yield "two events have one UID"
    if {event.name for event in calendar.parts} - {"VEVENT"}:
        yield "a part is no event"


def _count_faults(part: Part, known: dict[str, bool]) -> Iterator[str]:
    for name, must in known.items():
        number = len(part.properties.get(name, []))
        if number > 1 or (must and number == 0):
            yield f"{part.name} has {number} times {name}"


def _event_faults(event: Part) -> Iterator[str]:
    yield from _count_faults(event, _IN_EVENT)
    yield from (f"no UTC moment: {name}" for name in ("DTSTAMP", "LAST-MODIFIED") if not _is_utc(event, name))
    begins, ends = _time(event, "DTSTART"), _time(event, "DTEND")
    if begins is None or ends is None or len(begins) != len(ends) or not begins < ends:
        yield f"it does not begin before it ends: {event.value('DTSTART')} {event.value('DTEND')}"
    if event.value("STATUS") not in _STATUS:
        yield f"no status: {event.value('STATUS')}"
    if not event.value("SEQUENCE").isdecimal():
        yield f"no number: {event.value('SEQUENCE')}"
    if event.value("TRANSP") not in {"OPAQUE", "TRANSPARENT"} or event.value("CLASS") != "PRIVATE":
        yield "it does not say how it counts, or is not private"
    for name in ("SUMMARY", "LOCATION"):
        left = _ESCAPED.sub("", event.value(name))
        if set(left) & {"\\", ";", ","}:
            yield f"{name} is not escaped"


def _is_utc(event: Part, name: str) -> bool:
    return name not in event.properties or _MOMENT.fullmatch(event.value(name)) is not None


def _time(event: Part, name: str) -> str | None:
    """The digits of a day that says so, or of a moment in UTC (3.3.4, 3.3.5); both may be compared as text."""
    parameters, value = event.properties.get(name, [("", "")])[0]
    pattern = _DAY if parameters == ";VALUE=DATE" else _MOMENT
    return value if parameters in {"", ";VALUE=DATE"} and pattern.fullmatch(value) else None
