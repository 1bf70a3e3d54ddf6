"""Time limits in the words of a page: a line of the library, the facts of one, an example worked through."""

from dataclasses import dataclass
from datetime import date, datetime

from ..enums import Kind, Unit
from ..models import LocalLimit, RuleSignOff
from ..queries import HeldLimit, Timeliness
from ..reckoning.counting import CohortShare
from ..reckoning.days import LONDON
from ..reckoning.kinds import Limit
from ..reckoning.school import Term
from ..reckoning.words import day_words, how_worked_out
from ..rulebook.loader import EditionRule
from ..rulebook.schema import Rule

CONFIRM = "Confirm with your partnership"


@dataclass(frozen=True)
class LimitLine:
    """One limit of the library, as it holds today."""

    rule: Rule
    national: str
    local: str
    edition: str
    unsure: bool
    confidence: str


def limit_line(found: EditionRule, local: LocalLimit | None, signed: bool) -> LimitLine:
    """A line of the library."""
    return LimitLine(
        rule=found.rule,
        national=limit_words(found.rule),
        local=local.words if local else "",
        edition=found.edition.title,
        unsure=found.rule.confidence.needs_sign_off and not signed,
        confidence=found.rule.confidence.words,
    )


def limit_words(rule: Rule) -> str:
    """The limit in words, as a table has it: `within 15 working days`, `no number`."""
    words = rule.limit.words
    if rule.kind is Kind.FIXED:
        return f"by {_fixed(rule)}" if rule.fixed_day else "by the date that the record sets"
    if rule.trigger is not None:
        within = f"within {rule.trigger.within_days} days" if rule.trigger.within_days else "in a row"
        return f"at the {_ordinal(rule.trigger.count)} {within}"
    if rule.kind is Kind.NONE:
        return "counted, no limit"
    if not words:
        return "no number is known"
    return {
        Kind.MAX: f"within {words}",
        Kind.INTERVAL: f"again within {words}",
        Kind.BEFORE: f"{words} before",
        Kind.MIN: f"not before {words}",
        Kind.COHORT: f"{f'{rule.target_percent}% ' if rule.target_percent else ''}within {words}",
    }[rule.kind]


def _fixed(rule: Rule) -> str:
    month, day = rule.limit.fixed_day or (1, 1)
    return f"{date(2024, month, day):%-d %B}"


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third", 10: "tenth"}.get(number, f"{number}th")


def facts_of_rule(held: HeldLimit) -> list[tuple[str, str]]:
    """What a rule's page says of it, with the national limit beside the local one."""
    rule, edition = held.found.rule, held.found.edition
    facts = [("National limit", limit_words(rule).capitalize())]
    if held.local is not None:
        facts.append(("Here", f"{held.local.words}, from {day_words(held.local.starts_on)}: {held.local.reason}"))
    facts += [
        ("Starts when", _cap(rule.starts_when)),
        ("Stops when", _cap(rule.stops_when)),
        ("Who has to do it", rule.responsible),
        ("Edition", f"{edition.title}{_in_force(held.found)}"),
        ("Source", rule.source),
        ("How sure we are", " ".join(filter(None, [f"{rule.confidence.words}.", rule.confidence_note]))),
        ("May a partnership change it?", "Yes" if rule.may_change else "No"),
        ("May it pause?", "Yes, with a reason" if rule.may_pause else "No"),
    ]
    if rule.if_missed:
        facts.append(("If it is missed", rule.if_missed))
    if rule.notes:
        facts.append(("Notes", rule.notes))
    return facts


def _cap(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _in_force(found: EditionRule) -> str:
    first, last = found.in_force_from, found.in_force_until
    if first is None:
        return ""
    return f", from {day_words(first)}{f' to {day_words(last)}' if last else ''}"


def example_of(limit: Limit, today: date, terms: tuple[Term, ...]) -> list[str]:
    """An example worked through: over Christmas for working days, from the end of a month for months."""
    starts = {
        Unit.WORKING_DAYS: datetime(today.year, 12, 17, 10, tzinfo=LONDON),
        Unit.MONTHS: datetime(today.year, 8, 31, 10, tzinfo=LONDON),
        Unit.HOURS: datetime(today.year, 12, 24, 15, 30, tzinfo=LONDON),
        Unit.WORKING_HOURS: datetime(today.year, 12, 24, 15, 30, tzinfo=LONDON),
    }
    plain = datetime(today.year, today.month, today.day, 10, tzinfo=LONDON)
    start = starts.get(limit.unit, plain) if limit.unit else plain
    if limit.kind is Kind.BEFORE:
        start = datetime(today.year + 1, 1, 8, 10, tzinfo=LONDON)
    return how_worked_out(limit, start, terms=terms)


def timeliness_words(found: Timeliness) -> list[str]:
    """How many were in time, in sentences; none where nothing is decided."""
    share = found.share
    if share.percent is None:
        return []
    said = [f"{share.in_time:,} of {share.decided:,} were in time, {_percent(share)}%.{_target(share)}"]
    other = found.with_attempts
    if other is not None and other.percent is not None and other.in_time != share.in_time:
        said.append(f"It would be {_percent(other)}% if attempts that failed counted.")
    if share.still_open:
        said.append(f"{share.still_open:,} more {'is' if share.still_open == 1 else 'are'} open with time left.")
    return said


def _percent(share: CohortShare) -> str:
    return f"{share.percent}".removesuffix(".0")


def _target(share: CohortShare) -> str:
    if share.is_met is None:
        return ""
    return f" The target of {share.target_percent}% is {'met' if share.is_met else 'missed'}."


def sign_off_words(signed: RuleSignOff) -> str:
    """Who confirmed it, when and with what words."""
    day = day_words(signed.signed_at.astimezone(LONDON).date())
    return f"{signed.signed_by.name} confirmed it on {day}: {signed.words}"
