"""By when an edition is published: the limit of the law's edition, or a year after the last one of its kind."""

from datetime import date, datetime

from django.utils import timezone

from trefoil.clocks.models import Clock
from trefoil.clocks.operations import move_start, start_clock, stop_clock
from trefoil.clocks.queries import limit_held
from trefoil.clocks.reckoning.days import add_months, next_fixed, start_of
from trefoil.clocks.reckoning.kinds import Kind
from trefoil.clocks.rulebook.loader import rulebook
from trefoil.clocks.rulebook.schema import Rule
from trefoil.people.models import Person

from .after.reading import after_approval
from .enums import EditionState, PublicKind
from .models import EditionMove, PublicDocument
from .words import period_words


def due_on(document: PublicDocument) -> date | None:
    """The day by which it is published; None where nothing sets one. At most two queries.

    A fixed day follows the document's period. A limit that runs from the last publication begins with the one before
    this document's first.
    """
    rule = rule_of(document)
    if rule is None:
        return None
    limit = rule.limit
    if limit.kind is Kind.FIXED and limit.fixed_day:
        return next_fixed(document.ends_on, limit.fixed_day)
    last = _last_published(document)
    if last is None:
        return None
    held = limit_held(document.partnership, rule.id, last).limit
    return add_months(last, held.length) if held.length else None


def rule_of(document: PublicDocument) -> Rule | None:
    """The time limit that it is published under, in the words of the document's edition of the law."""
    rule = after_approval(document.kind, document.law).rule
    if not rule:
        return None
    named = [one for one in rulebook().editions_of(rule) if one.edition.id == document.law.lower()]
    return (named[0] if named else rulebook().latest(rule, document.ends_on)).rule


def _last_published(document: PublicDocument) -> date | None:
    """The last publication of this kind before this document was first out."""
    first = EditionMove.objects.filter(from_state=EditionState.NOT_PUBLISHED)
    own = first.filter(edition__document=document).order_by("happened_on").values_list("happened_on", flat=True).first()
    others = first.filter(
        edition__document__partnership=document.partnership_id, edition__document__kind=document.kind
    ).exclude(edition__document=document)
    found = others.filter(happened_on__lt=own) if own else others
    return found.order_by("-happened_on").values_list("happened_on", flat=True).first()


def limit_runs(document: PublicDocument, *, by: Person, now: datetime) -> None:
    """Start the clock of a fixed day. Its label holds no title: not all who read clocks read drafts."""
    rule, day = rule_of(document), due_on(document)
    if rule is None or day is None or not rule.dated_by_record:
        return
    period = period_words(document.starts_on, document.ends_on)
    start_clock(
        partnership=document.partnership,
        rule_id=rule.id,
        subject=document.reference,
        label=f"{PublicKind(document.kind).label} of {period}",
        started_at=now,
        due_on=day,
        person=by,
        by=by,
        now=now,
    )


def limit_moved(document: PublicDocument, *, by: Person, now: datetime) -> None:
    """The period or the edition of the law changed: the clock runs to the new day."""
    day = due_on(document)
    for clock in _running(document):
        if day is not None and clock.due_on != day:
            move_start(clock=clock, due_on=day, reason="The document’s period changed.", by=by, now=now)


def limit_met(document: PublicDocument, on: date, *, by: Person, now: datetime) -> None:
    """It was published on a day: its clock stops in that day."""
    today = timezone.localdate(now)
    for clock in _running(document):
        at = now if on == today else max(clock.started_at, start_of(on))
        stop_clock(clock=clock, stopped_at=at, by=by, now=now)


def _running(document: PublicDocument) -> list[Clock]:
    return list(Clock.objects.about(document.reference).open().order_by("pk"))
