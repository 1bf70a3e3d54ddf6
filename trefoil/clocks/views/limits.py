"""The library of time limits, and one limit: where it stands, how its date comes about, and the clocks under it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..models import OPEN, LocalLimit
from ..queries import HeldLimit, terms_of, timeliness_of
from ..reckoning.kinds import Unit
from ..reckoning.words import day_words
from ..rulebook.loader import EditionRule, rulebook
from ..rulebook.vocabulary import Group
from ..rules import clocks_visible_to, local_limits_visible_to, sign_offs_visible_to, why_no_local_limit
from .clock_words import lines_of
from .frame import href, limit_or_refused, limits_crumb, page
from .limit_words import LimitLine, example_of, facts_of_rule, limit_line, limit_words, sign_off_words, timeliness_words

CLOCKS_SHOWN = 10


@dataclass(frozen=True)
class GroupOfLimits:
    """A part of the work with its limits."""

    group: Group
    lines: list[LimitLine]


@within(Permission.READ_CLOCKS)
@require_safe
def limit_list(request: PageRequest) -> HttpResponse:
    """Every limit, by the part of the work that it belongs to, as it holds today."""
    today = timezone.localdate()
    local = {one.rule_id: one for one in limits_today(request)}
    signed = set(sign_offs_visible_to(request.standing).values_list("rule_id", "edition"))
    groups = []
    for group in Group:
        found = rulebook().in_group(group, today)
        lines = [limit_line(one, local.get(one.rule.id), (one.rule.id, one.edition.id) in signed) for one in found]
        groups.append(GroupOfLimits(group, lines))
    unsure = sum(line.unsure for one in groups for line in one.lines)
    lead = f"{len(rulebook())} time limits, each with its edition and source. "
    said = (
        f"{unsure} are marked unsure: confirm each with your partnership." if unsure else "None waits to be confirmed."
    )
    return page(
        request,
        "limits",
        title="Time limits",
        lead=lead + said,
        groups=groups,
        changed=len(local),
        may_sign=request.standing.may(Permission.SIGN_OFF_RULE),
    )


def limits_today(request: PageRequest) -> list[LocalLimit]:
    """The partnership's own lengths that hold today."""
    today = timezone.localdate()
    found = local_limits_visible_to(request.standing).filter(starts_on__lte=today)
    return list(found.exclude(ends_on__lt=today))


@within(Permission.READ_CLOCKS)
@require_safe
def limit_detail(request: PageRequest, *, rule: str) -> HttpResponse:
    """One limit, today's edition first, with the earlier ones, the partnership's own and the clocks under it."""
    found, standing, now = limit_or_refused(request, rule), request.standing, timezone.now()
    today = timezone.localdate(now)
    past = list(local_limits_visible_to(standing).filter(rule_id=rule))
    held = HeldLimit(found, next((one for one in past if _holds(one, today)), None))
    signed = sign_offs_visible_to(standing).filter(rule_id=rule, edition=found.edition.id).first()
    clocks = clocks_visible_to(standing).filter(rule_id=rule)
    terms = terms_of(standing.partnership) if held.limit.unit is Unit.SCHOOL_DAYS else ()
    return page(
        request,
        "limit",
        title=found.rule.name,
        lead=lead_of(held),
        above=(limits_crumb(request),),
        rule=found.rule,
        unsure=found.rule.confidence.needs_sign_off and signed is None,
        signed=sign_off_words(signed) if signed else "",
        facts=facts_of_rule(held),
        example=example_of(held.limit, today, terms),
        editions=[_edition(one, found) for one in reversed(rulebook().editions_of(rule))],
        past=[one for one in past if one != held.local],
        lines=lines_of(clocks.filter(OPEN)[:CLOCKS_SHOWN], now),
        all_clocks=f"{href(request, 'clock_list')}?rule={rule}&status=all",
        timely=timeliness_words(timeliness_of(clocks, now, target_percent=found.rule.target_percent)),
        may_change=standing.may(Permission.MANAGE_CLOCKS) and not why_no_local_limit(found.rule),
        may_sign=standing.may(Permission.SIGN_OFF_RULE),
        has_open_local=any(one.ends_on is None for one in past),
        counts_school_days=held.limit.unit is Unit.SCHOOL_DAYS
        or bool(found.rule.trigger and found.rule.trigger.in_a_row),
    )


def _holds(one: LocalLimit, today: date) -> bool:
    return one.starts_on <= today and (one.ends_on is None or one.ends_on >= today)


def lead_of(held: HeldLimit) -> str:
    """What it asks, in a sentence."""
    rule = held.found.rule
    words = limit_words(rule) if held.local is None else f"{held.local.words} here, {limit_words(rule)} nationally"
    return f"{words[:1].upper()}{words[1:]}, counted from this: {rule.starts_when}."


def _edition(one: EditionRule, current: EditionRule) -> tuple[str, str, str, str, str]:
    first, last = one.in_force_from, one.in_force_until
    stretch = f"{day_words(first) if first else 'always'} to {day_words(last) if last else 'now'}"
    if first is None and last is None:
        stretch = "Always"
    title = f"{one.edition.title} (today)" if one is current else one.edition.title
    return title, stretch, limit_words(one.rule), one.rule.starts_when, one.rule.confidence.words
