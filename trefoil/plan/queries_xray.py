"""From the plan's tables to the plain rows of the X-ray, and what is left after what was accepted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing as ReaderStanding
from trefoil.clocks.sql_days import EnglandDay
from trefoil.people.models import Agency, Duty, Membership, Partnership, Person, in_force

from .enums import TAKEN_ON_STATES, ActionState, SourceKind, Standing, Verdict
from .enums_register import UNASSURED
from .models import (
    AcceptedFinding,
    Action,
    ActionMove,
    DueDateMove,
    Evidence,
    Priority,
    Recommendation,
    Retest,
    RiskControl,
    RiskReview,
)
from .queries import judgements_that_hold
from .queries_measures import MeasureLine, measure_lines
from .rules import actions_visible_to, priorities_visible_to, recommendations_visible_to
from .rules_register import acceptances_visible_to, risks_visible_to
from .xray.looking import look
from .xray.rows import ActionRow, MeasureRow, Owner, PlanRows, PriorityRow, RecommendationRow, RiskRow
from .xray.vocabulary import Finding

_REACHED = (ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.DONE, ActionState.CLOSED)
_IMPACT = {Verdict.SHOWN: True, Verdict.PARTLY: True, Verdict.NOT_SHOWN: False, Verdict.CANNOT_SHOW: False}


@dataclass(frozen=True)
class Xray:
    """What was found, and what was found and accepted for now, each with its acceptance."""

    found: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, AcceptedFinding], ...]


def xray_of(standing: ReaderStanding, *, today: date) -> Xray:
    """Everything the checks find in what the reader may see, without what somebody accepted until a later day."""
    found = look(plan_rows(standing, today=today), today=today)
    held = {one.key: one for one in acceptances_visible_to(standing).filter(until__gte=today)}
    return Xray(
        tuple(one for one in found if one.key not in held),
        tuple((one, held[one.key]) for one in found if one.key in held),
    )


def plan_rows(standing: ReaderStanding, *, today: date) -> PlanRows:
    """The rows of the plan that a reader may see; of priorities those of years that have not ended.

    There is no risk in them for those who do not read the register.
    """
    here = _Here.of(standing.partnership, today)
    facts = _Facts.of(standing.partnership)
    actions = list(actions_visible_to(standing).select_related(None).defer("detail", "success"))
    named = _Named.of(actions)
    lines = measure_lines(standing)
    priorities = priorities_visible_to(standing).filter(withdrawn_at__isnull=True, year__ends_on__gte=today)
    return PlanRows(
        tuple(_priority_rows(priorities, actions, lines, facts, here)),
        tuple(_recommendation_rows(standing, actions, facts.reached)),
        tuple(_action_row(action, facts, here, named) for action in actions),
        tuple(_measure_row(line) for line in lines),
        tuple(_risk_rows(standing, here)) if standing.may(Permission.READ_RISKS) else (),
    )


def recommendation_rows(standing: ReaderStanding) -> list[RecommendationRow]:
    """The recommendations that a reader may see, for who compares their wording. Three queries, however many."""
    actions = actions_visible_to(standing).select_related(None).filter(recommendation__isnull=False)
    reached = _reached(standing.partnership, [ActionState.CLOSED])
    return list(_recommendation_rows(standing, actions.only("recommendation", "state"), reached))


@dataclass(frozen=True)
class _Here:
    """Who belongs to the partnership today."""

    agencies: frozenset[int]
    people: frozenset[int]

    @classmethod
    def of(cls, partnership: Partnership, today: date) -> "_Here":
        members = Membership.objects.filter(in_force(today), partnership=partnership)
        duties = Duty.objects.filter(in_force(today), partnership=partnership, person__is_active=True)
        return cls(
            frozenset(members.values_list("agency_id", flat=True)),
            frozenset(duties.values_list("person_id", flat=True)),
        )

    def owner(self, agency: tuple[int, str] | None, person: tuple[int, str] | None) -> Owner:
        """Each as (key, name)."""
        return Owner(
            agency[1] if agency else "",
            person[1] if person else "",
            agency_left=agency is not None and agency[0] not in self.agencies,
            person_left=person is not None and person[0] not in self.people,
        )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


Reached = Mapping[tuple[int, str], date]


def _reached(partnership: Partnership, states: Iterable[ActionState]) -> Reached:
    """(action, state) -> the last day on which it came to that state."""
    moves = ActionMove.objects.filter(action__partnership=partnership, to_state__in=states).order_by()
    found = moves.values_list("action", "to_state").annotate(last=Max(EnglandDay("moved_at")))
    return {(action, state): last for action, state, last in found}


@dataclass(frozen=True)
class _Facts:
    """What happened to each action, by its key."""

    reached: Reached
    date_moves: Mapping[int, int]
    judged: Mapping[int, tuple[str, str]]
    evidence: Mapping[int, Sequence[date]] = field(default_factory=dict)
    retests: Mapping[int, Sequence[date]] = field(default_factory=dict)

    @classmethod
    def of(cls, partnership: Partnership) -> "_Facts":
        moved = DueDateMove.objects.filter(action__partnership=partnership).order_by()
        judged = judgements_that_hold().filter(action__partnership=partnership).order_by("judged_at", "pk")
        evidence = Evidence.objects.filter(partnership=partnership, withdrawn_at__isnull=True)
        waiting = Retest.objects.filter(action__partnership=partnership, outcome="", withdrawn_at__isnull=True)
        return cls(
            _reached(partnership, _REACHED),
            dict(moved.values_list("action").annotate(times=Count("pk"))),
            {action: (verdict, words) for action, verdict, words in judged.values_list("action", "verdict", "words")},
            _gathered(evidence.order_by().values_list("action", "happened_on")),
            _gathered(waiting.order_by().values_list("action", "due_on")),
        )


def _gathered(rows: Iterable[tuple[int, date]]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for key, day in rows:
        found[key].append(day)
    return found


@dataclass(frozen=True)
class _Named:
    """The names of those who own actions: far fewer than actions, so they are not read with each of them."""

    agencies: Mapping[int, str]
    people: Mapping[int, str]

    @classmethod
    def of(cls, actions: Iterable[Action]) -> "_Named":
        agencies = Agency.objects.filter(pk__in={action.agency_id for action in actions})
        people = Person.objects.filter(pk__in={action.person_id for action in actions if action.person_id})
        return cls(dict(agencies.values_list("pk", "name")), dict(people.values_list("pk", "name")))


def _action_row(action: Action, facts: _Facts, here: _Here, named: _Named) -> ActionRow:
    verdict, words = facts.judged.get(action.pk, ("", ""))
    person = (action.person_id, named.people[action.person_id]) if action.person_id else None
    closed = facts.reached.get((action.pk, ActionState.CLOSED))
    return ActionRow(
        key=action.pk,
        title=action.title,
        state=action.state,
        # The day on which it was put to the agency that has it now: it may have been another's before.
        proposed_on=facts.reached.get((action.pk, ActionState.PROPOSED)) or timezone.localdate(action.proposed_at),
        owner=here.owner((action.agency_id, named.agencies[action.agency_id]), person),
        due_on=action.due_on,
        accepted_on=facts.reached.get((action.pk, ActionState.ACCEPTED)),
        done_on=facts.reached.get((action.pk, ActionState.DONE)),
        closed_on=closed if action.state == ActionState.CLOSED else None,
        word_on=action.last_word_on,
        said=action.how,
        moves=facts.date_moves.get(action.pk, 0),
        impact_shown=_IMPACT[Verdict(verdict)] if verdict else None,
        why_none=words if verdict in {Verdict.CANNOT_SHOW, Verdict.NOT_SHOWN} else "",
        evidence_on=tuple(facts.evidence.get(action.pk, ())),
        retests_due=tuple(facts.retests.get(action.pk, ())),
    )


def _priority_rows(
    priorities: Iterable[Priority],
    actions: Iterable[Action],
    lines: Iterable[MeasureLine],
    facts: _Facts,
    here: _Here,
) -> Iterator[PriorityRow]:
    under: dict[int | None, list[Action]] = defaultdict(list)
    for action in actions:
        under[action.priority_id].append(action)
    measured = Counter(line.measure.priority_id for line in lines)
    for priority in priorities:
        its = under[priority.pk]
        yield PriorityRow(
            key=priority.pk,
            title=priority.title,
            owner=_lead(priority, here),
            said=_said_of(its),
            measures=len(priority.indicators) + measured[priority.pk],
            evidence_on=tuple(day for action in its for day in facts.evidence.get(action.pk, ())),
        )


def _lead(priority: Priority, here: _Here) -> Owner:
    """The group and the person who lead. A group stays; only a person can have left."""
    lead = priority.lead
    left = lead is not None and lead.pk not in here.people
    return Owner(priority.group.name if priority.group else "", lead.name if lead else "", person_left=left)


def _said_of(actions: Iterable[Action]) -> str:
    """On track when every action under way of which anything was said is said to be."""
    said = {action.how for action in actions if action.how and action.state in TAKEN_ON_STATES}
    return Standing.ON_TRACK.value if said == {Standing.ON_TRACK} else ""


def _recommendation_rows(
    standing: ReaderStanding, actions: Iterable[Action], reached: Reached
) -> Iterator[RecommendationRow]:
    """A recommendation is closed once every action of it that was not refused or withdrawn is."""
    answering: dict[int | None, list[Action]] = defaultdict(list)
    for action in actions:
        if action.state not in {ActionState.REFUSED, ActionState.WITHDRAWN}:
            answering[action.recommendation_id].append(action)
    for made in recommendations_visible_to(standing):
        its = answering[made.pk]
        yield RecommendationRow(
            key=made.pk,
            words=made.words,
            source=source_words(made),
            made_on=made.made_on,
            closed_on=_closed_on(its, reached),
            actions=len(its),
            is_withdrawn=made.is_withdrawn,
        )


def _closed_on(actions: Sequence[Action], reached: Reached) -> date | None:
    if not actions or any(action.state != ActionState.CLOSED for action in actions):
        return None
    days = [reached.get((action.pk, ActionState.CLOSED)) for action in actions]
    return max((day for day in days if day), default=None)


def source_words(made: Recommendation) -> str:
    """`Audit, “Neglect audit 2024”`; a reference to a record of this system is left to its page."""
    kind = SourceKind(made.source_kind).label
    is_record = made.source_reference.partition(":")[2].isdecimal()
    return kind if is_record or not made.source_reference else f"{kind}, “{made.source_reference}”"


def _measure_row(line: MeasureLine) -> MeasureRow:
    newest = line.line.newest_figure
    return MeasureRow(
        line.measure.pk,
        line.measure.title,
        has_target=line.line.aim.target is not None or not line.line.reading.polarity.judges,
        latest_end=newest.period.end if newest else None,
    )


def _risk_rows(standing: ReaderStanding, here: _Here) -> Iterator[RiskRow]:
    risks = list(risks_visible_to(standing).filter(closed_at__isnull=True))
    reviews = RiskReview.objects.filter(risk__in=risks).order_by("reviewed_at", "pk")
    newest = {review.risk_id: review for review in reviews}
    controls: dict[int, list[str]] = defaultdict(list)
    standing_controls = RiskControl.objects.filter(risk__in=risks, withdrawn_at__isnull=True).order_by()
    for risk_id, assurance in standing_controls.values_list("risk", "assurance"):
        controls[risk_id].append(assurance)
    for risk in risks:
        review, its = newest.get(risk.pk), controls[risk.pk]
        agency = (risk.agency.pk, risk.agency.name) if risk.agency else None
        person = (risk.person.pk, risk.person.name) if risk.person else None
        yield RiskRow(
            key=risk.pk,
            title=risk.title,
            owner=here.owner(agency, person),
            review_on=risk.review_on,
            score_before=review.score if review else None,
            score_after=review.score_after if review else None,
            controls=len(its),
            untested_controls=sum(one in UNASSURED for one in its),
        )
