"""A value for every part of every URL, so that the matrix can open each page for each duty.

A new page with a new part (`<int:pk>` counts anew for each page) adds a line to SAMPLES. A sample is made in the
world as it stands and belongs to Fairmead; where a record belongs to an agency it is Alice's and Bob's agency.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.budget.years import sample_year
from tests.child_deaths.samples import DEATH_SAMPLES
from tests.documents.attached import attached
from tests.extracts.room.grouped import group_children, with_groups
from tests.extracts.room.loaded import decided_value, quickly_stored
from tests.indicators.handed_in import figure, hand_in
from tests.meetings.samples import MEETING_SAMPLES
from tests.plan.samples import PLAN_SAMPLES
from tests.publishing.samples import PUBLISHING_SAMPLES
from tests.reviews.samples import REVIEW_SAMPLES
from tests.reviews.samples_chronology import CHRONOLOGY_SAMPLES
from tests.reviews.samples_late import LATE_SAMPLES
from tests.website.samples import WEBSITE_SAMPLES
from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.middleware import declared_rule
from trefoil.access.operations import break_glass
from trefoil.access.url_rules import Rule
from trefoil.budget.models import Contribution
from trefoil.clocks.operations import enter_school_term, set_local_limit, start_clock
from trefoil.clocks.reckoning.kinds import Unit
from trefoil.documents.models import Document
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.publication import publish_edition
from trefoil.indicators.operations.returns import open_return, submit_return
from trefoil.indicators.periods import month, parse_period
from trefoil.indicators.publishing.counted import Wanted
from trefoil.indicators.publishing.prepared import prepared
from trefoil.indicators.rows import FigureRow, Finding, Place, Severity
from trefoil.notifications.enums import FeedScope, MessageKind
from trefoil.notifications.models import Message
from trefoil.notifications.operations import make_calendar_address, queue_message
from trefoil.people.enums import GroupKind, GroupRole
from trefoil.people.models import Group, Person
from trefoil.people.operations import create_group, give_seat


@dataclass(frozen=True)
class Asking:
    """What a sample is made from: the world, the moment, and who is going to ask for the page."""

    world: World
    now: datetime
    person: Person


def _group(asking: Asking) -> str:
    slug = "executive"
    if not Group.objects.filter(partnership=asking.world.fairmead, slug=slug).exists():
        create_group(
            partnership=asking.world.fairmead,
            slug=slug,
            name="Executive",
            kind=GroupKind.EXECUTIVE,
            by=None,
            now=asking.now,
        )
    return slug


def _seat(asking: Asking) -> int:
    """Bob's seat in the group that the other samples name."""
    group = Group.objects.get(partnership=asking.world.fairmead, slug=_group(asking))
    held = group.members.filter(person=asking.world.bob).first()
    if held is None:
        held = give_seat(
            group=group,
            person=asking.world.bob,
            role=GroupRole.MEMBER,
            starts_on=date(2026, 4, 1),
            by=None,
            now=asking.now,
        )
    return held.pk


def _opening(asking: Asking) -> int:
    """Bob's emergency access, open now."""
    return break_glass(
        partnership=asking.world.fairmead,
        permission=Permission.READ_ALL_RETURNS,
        reason="the figures of another agency bear on a child tonight",
        lasting=timedelta(hours=1),
        by=asking.world.bob,
        now=timezone.now(),
    ).pk


def _return(asking: Asking) -> AgencyReturn:
    """A return of Alice's and Bob's agency for a month, with one figure, handed in."""
    held = AgencyReturn.objects.filter(partnership=asking.world.fairmead, title="Sample").first()
    if held is not None:
        return held
    period = parse_period("2026-10")
    held = open_return(
        partnership=asking.world.fairmead,
        agency=asking.world.social_care,
        title="Sample",
        period=period,
        indicators=["FD01"],
        opens_on=date(2026, 11, 1),
        due_on=date(2026, 11, 20),
        by=None,
        now=asking.now,
    )
    row = FigureRow(place=Place(row=2), indicator="FD01", period=period, numerator=Decimal(905))
    load_figures(agency_return=held, rows=[row], findings=[], source=FigureSource.FORM, by=None, now=asking.now)
    submit_return(agency_return=held, by=asking.world.bob, now=asking.now)
    return held


def _indicator(asking: Asking) -> str:
    """A measure of Bob's sector that has a figure."""
    return _return(asking).indicators[0]


def _picture(asking: Asking) -> str:
    _return(asking)
    return "returned"


def _edition(asking: Asking) -> int:
    """A table that the analyst has prepared for publication."""
    hand_in(asking.world, [figure("FD01", month(2026, 10), 40)], now=asking.now, approved=True)
    wanted = Wanted("FD01", month(2026, 10))
    return publish_edition(
        partnership=asking.world.fairmead,
        wanted=wanted,
        looked_at=prepared(asking.world.fairmead, wanted).digest,
        by=asking.world.analyst,
        now=asking.now,
    ).pk


RETURN_PAGES = (
    "detail",
    "template",
    "figures",
    "upload",
    "form",
    "answer",
    "dates",
    "submit",
    "query",
    "approve",
    "reopen",
)


def _fault(asking: Asking) -> int:
    """A fault of the sample return, which its page can answer."""
    held = _return(asking)
    row = FigureRow(place=Place(row=2), indicator="FD01", period=held.period, numerator=Decimal(905))
    fault = Finding(Severity.FAULT, "parts", Place(), "4", "5", "The parts add up to 4.", "FD01", "", held.period)
    load_figures(agency_return=held, rows=[row], findings=[fault], source=FigureSource.FORM, by=None, now=asking.now)
    return held.faults.get().pk


EXTRACT_PAGES = ("detail", "progress", "report", "finding", "changes", "rows", "delete", "again")


def _grouped_indicator(asking: Asking) -> str:
    """A measure of a stored extract, by ethnic group, and the children of the area by ethnic group."""
    group_children(asking.world, now=asking.now)
    with_groups(quickly_stored(asking.world, now=asking.now))
    return "FD12"


def _extract_indicator(asking: Asking) -> str:
    """A measure that the sample extract gives."""
    quickly_stored(asking.world, now=asking.now)
    return "FD12"


def _finding(asking: Asking) -> int:
    """A rule that the check of the sample extract broke."""
    return quickly_stored(asking.world, now=asking.now).finding_counts.earliest("pk").pk


def _value(asking: Asking) -> int:
    return decided_value(asking.world, now=asking.now).pk


def _message(asking: Asking) -> int:
    """A message to whoever asks, about the partnership's home."""
    whose = {"person": asking.person, "partnership": asking.world.fairmead}
    queue_message(
        kind=MessageKind.OTHER,
        words="A sample waits for you.",
        path=f"/{asking.world.fairmead.slug}/",
        key="sample:1",
        by=None,
        now=asking.now,
        **whose,
    )
    return Message.objects.get(**whose, key="sample:1").pk


def _calendar_address(asking: Asking) -> int:
    """An address of whoever asks; of Alice's where they hold no duty."""
    holds = asking.person.duties.filter(partnership=asking.world.fairmead).exists()
    owner = asking.person if holds else asking.world.alice
    address, _ = make_calendar_address(
        partnership=asking.world.fairmead, label="Outlook", scope=FeedScope.MINE, by=owner, now=asking.now
    )
    return address.pk


def _document(asking: Asking) -> int:
    """A text that everybody in the partnership may read, attached to the partnership itself."""
    held = Document.objects.filter(partnership=asking.world.fairmead).first()
    return held.pk if held else attached(asking.world, now=asking.now).pk


def _clock(asking: Asking) -> int:
    """A clock of Alice's and Bob's agency that the partnership started itself, and that is late."""
    return start_clock(
        partnership=asking.world.fairmead,
        rule_id="PT-LF",
        subject="partnership:fairmead",
        label="Sample",
        started_at=asking.now - timedelta(days=90),
        agency=asking.world.social_care,
        by=None,
        now=asking.now,
    ).pk


def _local_limit(asking: Asking) -> str:
    """A limit for which Fairmead has set its own length."""
    if not asking.world.fairmead.local_limits.exists():
        set_local_limit(
            partnership=asking.world.fairmead,
            rule_id="ESC-1",
            length=3,
            unit=Unit.WORKING_DAYS,
            starts_on=date(2026, 4, 1),
            reason="The executive decided it.",
            by=asking.world.manager,
            now=asking.now,
        )
    return "ESC-1"


def _term(asking: Asking) -> int:
    held = asking.world.fairmead.school_terms.first()
    if held is None:
        held = enter_school_term(
            partnership=asking.world.fairmead,
            name="Autumn",
            starts_on=date(2026, 9, 1),
            ends_on=date(2026, 10, 23),
            by=asking.world.manager,
            now=asking.now,
        )
    return held.pk


CLOCK_PAGES = ("detail", "stop", "attempt", "explain", "pause", "resume", "move", "hand_over", "withdraw")


def _budget(asking: Asking) -> int:
    """A draft of a year, with one entry of each kind."""
    return sample_year(asking.world, now=asking.now).first_year


def _contribution(asking: Asking) -> int:
    """One of that year; in a published year without any, one of another year, which its page does not show."""
    year = sample_year(asking.world, now=asking.now)
    held = year.contributions.first() or Contribution.objects.filter(year__partnership=year.partnership).first()
    return held.pk if held else 0


# (URL name, part) or part alone -> how to make a value.
SAMPLES: dict[tuple[str, str] | str, Callable[[Asking], Any]] = {
    "slug": lambda asking: asking.world.fairmead.slug,
    **MEETING_SAMPLES,
    "group_slug": _group,
    "theme": lambda _asking: "front-door",
    "indicator": _indicator,
    "picture": _picture,
    "file_format": lambda _asking: "csv",
    "edition": _edition,
    "subject": lambda asking: f"person:{asking.world.alice.pk}",
    ("agency_detail", "pk"): lambda asking: asking.world.social_care.pk,
    ("person_detail", "pk"): lambda asking: asking.world.alice.pk,
    ("hand_over", "pk"): lambda asking: asking.world.bob.pk,
    ("access_end", "pk"): lambda asking: asking.world.alice.pk,
    ("second_step_remove", "pk"): lambda asking: asking.world.alice.pk,
    ("agency_leave", "pk"): lambda asking: asking.world.social_care.pk,
    ("seat_end", "pk"): _seat,
    ("duty_end", "pk"): lambda asking: asking.world.alice.duties.get(partnership=asking.world.fairmead).pk,
    ("emergency_close", "pk"): _opening,
    ("message_open", "pk"): _message,
    ("calendar_address_end", "pk"): _calendar_address,
    ("return_answer", "fault"): _fault,
    "code_list": lambda _asking: "referral_source",
    "finding": _finding,
    ("extract_rows", "indicator"): lambda _asking: "FD12",
    ("extract_rows", "period"): lambda _asking: "2026-08..2026-08",
    ("extract_indicator", "indicator"): _extract_indicator,
    ("disproportionality_of", "indicator"): _grouped_indicator,
    ("disproportionality_file", "indicator"): _grouped_indicator,
    ("disproportionality_file", "breakdown"): lambda _asking: "ethnicity",
    ("value_undo", "pk"): _value,
    **{(f"budget_{page}", "year"): _budget for page in ("year", "file", "totals", "move", "entry_new", "entry")},
    ("budget_entry_new", "kind"): lambda _asking: "contribution",
    ("budget_entry", "kind"): lambda _asking: "contribution",
    ("budget_move", "move"): lambda _asking: "propose",
    ("budget_entry", "pk"): _contribution,
    ("contribution_detail", "pk"): _contribution,
    ("document_about", "subject"): lambda asking: f"partnership:{asking.world.fairmead.slug}",
    ("document_detail", "pk"): _document,
    ("document_file", "pk"): _document,
    ("document_file", "number"): lambda _asking: 1,
    **{
        (f"extract_{page}", "pk"): lambda asking: quickly_stored(asking.world, now=asking.now).pk
        for page in EXTRACT_PAGES
    },
    **PLAN_SAMPLES,
    **PUBLISHING_SAMPLES,
    **WEBSITE_SAMPLES,
    **REVIEW_SAMPLES,
    **DEATH_SAMPLES,
    **CHRONOLOGY_SAMPLES,
    **LATE_SAMPLES,
    "rule": lambda _asking: "SI-RR",
    ("limit_local_end", "rule"): _local_limit,
    ("term_remove", "pk"): _term,
    **{(f"clock_{page}", "pk"): _clock for page in CLOCK_PAGES},
    **{(f"return_{page}", "pk"): lambda asking: _return(asking).pk for page in RETURN_PAGES},
}


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with namespaces, the names of its parts, its view and the rule that holds for it."""

    name: str
    parts: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def rule(self) -> Rule | None:
        return declared_rule(self.view, self.name)

    def url(self, asking: Asking) -> str:
        """The path with every part filled in. Raises LookupError when a part has no sample."""
        return reverse(self.name, kwargs={part: self._sample(part)(asking) for part in self.parts})

    def _sample(self, part: str) -> Callable[[Asking], Any]:
        for key in ((self.name, part), part):
            if key in SAMPLES:
                return SAMPLES[key]
        raise LookupError(f"add a sample for the part {part!r} of {self.name!r} to tests/repository/url_samples.py")


def addresses() -> list[Address]:
    """Every URL of the project, libraries' included."""
    return _walk(get_resolver().url_patterns, (), ())


def addresses_within() -> list[Address]:
    """Every URL that lies within a partnership."""
    return [address for address in addresses() if address.rule and address.rule.kind == "within"]


def _walk(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...], parts: tuple[str, ...]) -> list[Address]:
    found = []
    for entry in patterns:
        own = (*parts, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            deeper = (*spaces, entry.namespace) if entry.namespace else spaces
            found += _walk(entry.url_patterns, deeper, own)
        else:
            found.append(Address(":".join([*spaces, entry.name or f"unnamed {entry.pattern}"]), own, entry.callback))
    return found
