"""Who may see which clocks, who may do what with them, and whether a clock allows it. Checks raise with a reason."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.people.models import Partnership, Person

from .models import Clock, LocalLimit, RuleSignOff, SchoolTerm
from .reckoning.kinds import FORWARD_KINDS, Kind
from .reckoning.status import Status
from .rulebook.loader import rulebook
from .rulebook.schema import Rule

SHORTEST_REASON = 10


def clocks_visible_to(standing: Standing) -> QuerySet[Clock]:
    """The partnership's clocks for everybody who may read clocks; a restricted one for its owner alone.

    Those about records for named readers (the setting RESTRICTED_CLOCKS) are for these readers, and no owner; also for
    a reader in another partnership, where two carry the record together.
    """
    clocks = Clock.objects.select_related("agency", "person", "partnership", "local_limit")
    if not standing.may(Permission.READ_CLOCKS):
        return clocks.none()
    return clocks.filter(_open_to(standing))


def _open_to(standing: Standing) -> Q:
    here = Q(partnership=standing.partnership)
    shown, owned = here & Q(is_restricted=False), here & Q(person=standing.person)
    for beginning, read_by in settings.RESTRICTED_CLOCKS.items():
        shown |= Q(is_restricted=True, subject__in=import_string(read_by)(standing))
        owned &= ~Q(subject__startswith=beginning)
    return shown | owned


def local_limits_visible_to(standing: Standing) -> QuerySet[LocalLimit]:
    """The partnership's own lengths, past ones included: for those who may read clocks."""
    limits = LocalLimit.objects.filter(partnership=standing.partnership).select_related("set_by")
    return limits if standing.may(Permission.READ_CLOCKS) else limits.none()


def sign_offs_visible_to(standing: Standing) -> QuerySet[RuleSignOff]:
    """Who confirmed which unsure limit: for those who may read clocks."""
    found = RuleSignOff.objects.filter(partnership=standing.partnership).select_related("signed_by")
    return found if standing.may(Permission.READ_CLOCKS) else found.none()


def terms_visible_to(standing: Standing) -> QuerySet[SchoolTerm]:
    """The partnership's school terms: for those who may read clocks."""
    terms = SchoolTerm.objects.filter(partnership=standing.partnership).select_related("entered_by")
    return terms if standing.may(Permission.READ_CLOCKS) else terms.none()


def is_owner(clock: Clock, standing: Standing) -> bool:
    """Whether the clock is owed by this person, or by an agency whose safeguarding lead they are."""
    if clock.person_id == standing.person.pk:
        return True
    return clock.agency_id is not None and standing.may_for(Permission.ANSWER_ACTION, clock.agency_id)


def may_manage(standing: Standing, clock: Clock | None = None) -> bool:
    """Whether a person may pause, move, hand over and withdraw clocks: of their own partnership."""
    is_ours = clock is None or clock.partnership_id == standing.partnership.pk
    return is_ours and standing.may(Permission.MANAGE_CLOCKS)


def may_answer_for(clock: Clock, standing: Standing) -> bool:
    """Whether a person may say why a clock was late, and write down attempts."""
    return may_manage(standing, clock) or is_owner(clock, standing)


def check_may(permission: Permission, by: Person | None, partnership: Partnership, now: datetime) -> None:
    """Raises NotAllowedError unless a duty gives it today. Nobody (None) is the installer, or a command."""
    if by is not None and not standing_of(by, partnership, now=now).may(permission):
        raise NotAllowedError("your duties do not include this")


def check_may_answer(clock: Clock, by: Person | None, now: datetime) -> None:
    """Raises NotAllowedError unless the person manages clocks or owns this one."""
    if by is not None and not may_answer_for(clock, standing_of(by, clock.partnership, now=now)):
        raise NotAllowedError("only who owes this, or who manages clocks, can do that")


def check_reason(reason: str, ask: str) -> str:
    """The reason without its edges. Raises NotAllowedError when it is too short to mean something."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters")
    return reason.strip()


def check_open(clock: Clock) -> None:
    """Raises NotAllowedError for a clock that has ended."""
    if clock.withdrawn_at is not None:
        raise NotAllowedError("this clock was withdrawn")
    if clock.stopped_at is not None:
        raise NotAllowedError("this clock has stopped")


def rule_of(clock: Clock) -> Rule:
    """The rule that the clock runs under, in the edition it was started in."""
    return rulebook().of_edition(clock.rule_id, clock.edition).rule


def why_no_pause(clock: Clock, now: datetime) -> str:
    """Why this clock cannot pause now, or nothing. What is late stays late: a pause afterwards would hide it."""
    if not clock.is_open:
        return "It has ended."
    if clock.paused_at is not None:
        return "It is paused already."
    if clock.due_on is not None or Kind(clock.kind) not in FORWARD_KINDS:
        return "It is tied to a date, so it cannot pause. Move the date instead."
    if not rule_of(clock).may_pause:
        return "The rule knows no pause."
    return "It is late already, and a pause cannot undo that." if clock.status_at(now) is Status.LATE else ""


def why_no_explanation(clock: Clock, now: datetime) -> str:
    """Why there is nothing to explain, or nothing."""
    if clock.status_at(now) in {Status.LATE, Status.MET_LATE, Status.TOO_EARLY}:
        return ""
    return "It is not late, so there is nothing to explain."


def why_no_local_limit(rule: Rule) -> str:
    """Why a partnership cannot set a length of its own for a rule, or nothing."""
    if not rule.may_change:
        return "This limit is set nationally. A partnership cannot change it."
    if rule.kind is Kind.FIXED:
        return "This limit is a date, so there is no length to set."
    return ""
