"""One indicator as a row of a page: latest, trend, change, target, comparators, signal, and words for it all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from ..calculation.change import Arrow, Change, Direction, arrow, change, change_words, direction
from ..calculation.runs import Side
from ..calculation.sentences import Streak, Summary, row_words, streak
from ..calculation.targets import Rag, Tolerance, rag, rag_words, variance
from ..calculation.xmr import Chart
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..models import Commentary, Fault, Target
from .observations import Observation, Origin
from .parts import Shares
from .published import Beside, Setting, Table
from .questions import is_note
from .readings import Reading, published_reading, reading_of
from .returned import Figures
from .usual_range import chart_of

TREND_PERIODS = 13
NO_STREAK = Streak(0, Side.HIGH)


class Remarks(Protocol):
    """What people said of a partnership's figures, by indicator; read when somebody asks for it."""

    @property
    def commentary(self) -> Mapping[str, Sequence[Commentary]]: ...

    @property
    def questions(self) -> Mapping[str, Sequence[Fault]]: ...


@dataclass(frozen=True)
class Said:
    """Remarks that are at hand."""

    commentary: Mapping[str, Sequence[Commentary]] = field(default_factory=dict)
    questions: Mapping[str, Sequence[Fault]] = field(default_factory=dict)


NO_REMARKS = Said()


@dataclass(frozen=True, eq=False)
class Finding:
    """Everything a page says of one indicator in one area.

    `series` is oldest first and of one kind of period: what agencies `returned`, or what is `published`, whichever
    is newer. `shares` stands for an indicator that has no value of its own. `target` is the one the latest figure is
    held to, of all `targets` that were set. `faults` are those nobody has answered, and `notes` are worth a second
    look: each is of figures that were returned, the latest or earlier. Newest comes first in each.
    """

    definition: Definition
    series: tuple[Observation, ...]
    returned: tuple[Observation, ...] = ()
    published: tuple[Observation, ...] = ()
    shares: Shares | None = None
    beside: Beside | None = None
    target: Target | None = None
    targets: tuple[Target, ...] = ()
    remarks: Remarks = NO_REMARKS
    # The last day of what is looked back at: nothing is shown of what was said of a later one.
    said_until: date = date.max

    @cached_property
    def said(self) -> tuple[Commentary, ...]:
        of_it = self.remarks.commentary.get(self.definition.id, ())
        return tuple(one for one in of_it if one.period_end <= self.said_until)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(row for row in self.remarks.questions.get(self.definition.id, ()) if not is_note(row))

    @cached_property
    def notes(self) -> tuple[Fault, ...]:
        return tuple(row for row in self.remarks.questions.get(self.definition.id, ()) if is_note(row))

    @property
    def commentary(self) -> Commentary | None:
        """The owner's latest words."""
        return self.said[0] if self.said else None

    @property
    def latest(self) -> Observation | None:
        """The newest period, whether its figure came or not."""
        return self.series[-1] if self.series else None

    @property
    def previous(self) -> Observation | None:
        return self.series[-2] if len(self.series) > 1 else None

    @property
    def is_empty(self) -> bool:
        return self.shares is None and not any(item.value is not None for item in self.series)

    @cached_property
    def reading(self) -> Reading:
        """Unit, polarity and decimals of `series`; a published measure has its own."""
        if self.origin is Origin.PUBLISHED:
            return published_reading(self.definition)
        return reading_of(self.definition)

    @property
    def is_other_measure(self) -> bool:
        """The figures are of the nearest published measure, which is not quite this indicator."""
        published = self.definition.published
        return self.origin is Origin.PUBLISHED and published is not None and not published.same

    @property
    def is_missing(self) -> bool:
        """The newest period was asked for and no figure came."""
        return self.shares is None and (self.latest is None or self.latest.value is None)

    @property
    def origin(self) -> Origin | None:
        return self.latest.origin if self.latest else None

    @cached_property
    def moved(self) -> Change | None:
        if self.latest is None or self.previous is None:
            return None
        return change(self.previous.value, self.latest.value)

    @property
    def arrow(self) -> Arrow | None:
        if self.moved is None:
            return None
        return arrow(self.moved.previous, self.moved.latest, self.reading.polarity)

    @property
    def change_words(self) -> str:
        percent = self.reading.unit is Unit.PERCENT
        return change_words(self.moved, self.reading.polarity, points=percent, places=self.reading.places)

    @cached_property
    def chart(self) -> Chart:
        """The figures with their usual range and signals."""
        return chart_of(self.series, self.reading)

    @property
    def has_signal(self) -> bool:
        return bool(self.chart.latest_signals)

    @cached_property
    def rag(self) -> Rag:
        if self.target is None or self.latest is None:
            return Rag.NONE
        return rag(self.latest.value, self.target.value, Tolerance(self.target.tolerance), self.reading.polarity)

    @property
    def rag_words(self) -> str:
        return rag_words(self.rag, self.reading.polarity)

    @property
    def variance(self) -> Decimal | None:
        """From target, as a percentage of the target."""
        if self.target is None or self.latest is None:
            return None
        return variance(self.latest.value, self.target.value)

    @cached_property
    def summary(self) -> Summary:
        """For the sentences of a page. A figure that counts up since April always rises: that is said to be nothing."""
        adds_up = self.reading.adds_up_since_april
        return Summary(
            name=self.definition.short_title,
            polarity=self.reading.polarity,
            rag=self.rag,
            streak=NO_STREAK if adds_up else streak([item.value for item in self.series]),
            better_or_worse=None
            if self.moved is None or adds_up
            else direction(self.moved.previous, self.moved.latest, self.reading.polarity),
            missing=self.is_missing,
            period=self.latest.period if self.latest else None,
        )

    @property
    def words(self) -> str:
        """What a row says in words: where it stands and where it goes."""
        if self.shares is not None:
            return ""
        if self.is_missing:
            return "not published" if self.origin is Origin.PUBLISHED else "no figure returned"
        period = self.latest.period.kind if self.latest else "month"
        return row_words(self.summary, period="period" if period == "span" else period)

    @property
    def open_faults(self) -> tuple[Fault, ...]:
        """The faults that belong beside the latest figure: none where it is a published one, since no return has it."""
        return () if self.origin is Origin.PUBLISHED else self.faults

    @property
    def needs_attention(self) -> bool:
        """A missed target, a signal that is not good, a figure that did not come, or a fault nobody has answered."""
        worse = any(signal.meaning is Direction.WORSE for signal in self.chart.latest_signals)
        return self.rag is Rag.RED or worse or self.is_missing or bool(self.open_faults)


@dataclass(frozen=True, eq=False)
class Evidence:
    """The findings of a page, and whom the area was laid beside."""

    findings: tuple[Finding, ...]
    setting: Setting
    table: Table = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)
    # The stamp of the national pack that the published figures were read under.
    pack: str = ""

    @cached_property
    def shown(self) -> tuple[Finding, ...]:
        """Those with anything to show."""
        return tuple(finding for finding in self.findings if finding.series or finding.shares)

    @cached_property
    def silent(self) -> tuple[Finding, ...]:
        """Indicators of the catalogue that nobody has returned or published here yet."""
        return tuple(finding for finding in self.findings if not (finding.series or finding.shares))
