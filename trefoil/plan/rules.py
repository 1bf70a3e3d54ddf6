"""Who may see what of the plan, and who may do what to it. Each check raises with its reason."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.people.models import Agency, Group, Membership, Partnership, Person, in_force

from .enums import CLOSING_VERDICTS, EVIDENCE_STATES, TAKEN_ON_STATES, ActionState, SourceKind
from .models import (
    Action,
    Evidence,
    Judgement,
    PlanYear,
    Priority,
    Recommendation,
    Retest,
    StubbornChallenge,
    Workstream,
)
from .states import MOVES, Who

SHORTEST_REASON = 10
FURTHEST = timedelta(days=3653)


def actions_visible_to(standing: Standing) -> QuerySet[Action]:
    """The partnership's actions, for everybody whose duties let them read the plan."""
    actions = Action.objects.filter(partnership=standing.partnership)
    if not standing.may(Permission.READ_PLAN):
        return actions.none()
    return actions.select_related("agency", "person", "priority", "partnership")


def recommendations_visible_to(standing: Standing) -> QuerySet[Recommendation]:
    """The partnership's recommendations, withdrawn ones included."""
    found = Recommendation.objects.filter(partnership=standing.partnership).select_related("priority", "partnership")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def years_visible_to(standing: Standing) -> QuerySet[PlanYear]:
    """The partnership's yearly plans, newest first."""
    found = PlanYear.objects.filter(partnership=standing.partnership).select_related("approved_by", "partnership")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def priorities_visible_to(standing: Standing) -> QuerySet[Priority]:
    """The partnership's priorities of every year, withdrawn ones included."""
    found = Priority.objects.filter(partnership=standing.partnership)
    found = found.select_related("year", "lead", "group", "continues", "partnership")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def workstreams_visible_to(standing: Standing) -> QuerySet[Workstream]:
    """The workstreams of the partnership's priorities, withdrawn ones included."""
    found = Workstream.objects.filter(priority__partnership=standing.partnership)
    found = found.select_related("priority__year", "priority__partnership", "lead", "agency")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def challenges_visible_to(standing: Standing) -> QuerySet[StubbornChallenge]:
    """The partnership's stubborn challenges, withdrawn ones included."""
    found = StubbornChallenge.objects.filter(partnership=standing.partnership).select_related("priority", "partnership")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def evidence_visible_to(standing: Standing) -> QuerySet[Evidence]:
    """The evidence of the actions that a reader may see, withdrawn pieces included."""
    found = Evidence.objects.filter(partnership=standing.partnership).select_related("action", "added_by")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def retests_visible_to(standing: Standing) -> QuerySet[Retest]:
    """The tests, done and to come, of the actions that a reader may see."""
    found = Retest.objects.filter(action__partnership=standing.partnership).select_related("action", "tested_by")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def agencies_in(partnership: Partnership, today: date) -> QuerySet[Agency]:
    """Whom an action may be given to: the partnership's agencies of today."""
    members = Membership.objects.filter(in_force(today), partnership=partnership)
    return Agency.objects.filter(pk__in=members.values("agency")).order_by("name")


def people_of(agency: Agency, partnership: Partnership, today: date) -> QuerySet[Person]:
    """Whose name may stand on an agency’s action: who belongs to it, or leads for it, and has a duty here today."""
    duties = Q(duties__partnership=partnership) & in_force(today, "duties__")
    theirs = Q(agency=agency) | Q(duties__agency=agency)
    return Person.objects.filter(duties, theirs, is_active=True).distinct().order_by("name")


def owned_by(person: Person, standing: Standing) -> QuerySet[Action]:
    """What a person has in hand: for a list of what has to be handed over when they leave."""
    return actions_visible_to(standing).filter(person=person, state__in=[ActionState.PROPOSED, *TAKEN_ON_STATES])


def chairs_a_group(standing: Standing, today: date) -> bool:
    """Whether the reader is in the chair of any group of the partnership today, by its seat or by its turn.

    Who that is, is for the room of meetings to say, which stands above this one: the settings name its function.
    """
    groups_chaired: Callable[[Standing, date], QuerySet[Group]] = import_string(settings.GROUPS_CHAIRED)
    return groups_chaired(standing, today).exists()


def check_day_to_come(day: date, today: date, what: str) -> None:
    """Raises NotAllowedError for a day that is over, or so far off that it is a slip of the pen."""
    if day < today:
        raise NotAllowedError(f"{what} must not lie in the past")
    if day > today + FURTHEST:
        raise NotAllowedError(f"{what} must not lie more than ten years ahead")


def checked_words(text: str, ask: str) -> str:
    """The text without spaces around it. Raises NotAllowedError, asking for it, when it says next to nothing."""
    said = text.strip()
    if len(said) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters")
    return said


def check_may_write_plan(standing: Standing) -> None:
    """Raises NotAllowedError unless the person writes the plan."""
    if not standing.may(Permission.WRITE_PLAN):
        raise NotAllowedError("your duties do not include writing the plan")


def check_may_recommend(standing: Standing, source: str, today: date) -> None:
    """Raises NotAllowedError unless the person adds recommendations, or runs the meeting that makes this one."""
    if standing.may(Permission.ADD_RECOMMENDATION) or _runs_its_meeting(standing, source, today):
        return
    raise NotAllowedError("your duties do not include adding recommendations")


def check_may_propose(standing: Standing, source: str, today: date) -> None:
    """Raises NotAllowedError unless the person writes the plan, or runs the meeting that gives this action."""
    if standing.may(Permission.WRITE_PLAN) or _runs_its_meeting(standing, source, today):
        return
    raise NotAllowedError("your duties do not include giving actions to agencies")


def _runs_its_meeting(standing: Standing, source: str, today: date) -> bool:
    if source != SourceKind.MEETING:
        return False
    return standing.may(Permission.RUN_MEETINGS) or chairs_a_group(standing, today)


def is_whose_move(who: Who, action: Action, standing: Standing) -> bool:
    """Whether a move that belongs to `who` is this person's to make."""
    leads = standing.may_for(Permission.ANSWER_ACTION, action.agency_id)
    writes = standing.may(Permission.WRITE_PLAN)
    named = action.person_id == standing.person.pk and standing.may(Permission.READ_PLAN)
    return {
        Who.AGENCY: leads,
        Who.OWNER: leads or writes or named,
        Who.PLAN: writes,
        Who.HANDING: leads or writes,
        Who.JUDGE: standing.may(Permission.JUDGE_IMPACT),
    }[who]


def can_move(move: str, action: Action, standing: Standing) -> bool:
    """Whether the status and the person's duties allow the move."""
    asked = MOVES[move]
    return action.state in asked.before and is_whose_move(asked.who, action, standing)


def check_can_move(move: str, action: Action, standing: Standing) -> None:
    """Raises NotAllowedError with the reason when `move` is not for this person or not from this status."""
    asked = MOVES[move]
    if not is_whose_move(asked.who, action, standing):
        raise NotAllowedError(_not_yours(asked.who, action))
    if action.state not in asked.before:
        raise NotAllowedError(f"the action is {action.get_state_display().lower()}, so this cannot be done now")


def _not_yours(who: Who, action: Action) -> str:
    if who is Who.AGENCY:
        return f"only the safeguarding lead of {action.agency} can answer this action"
    if who is Who.JUDGE:
        return "your duties do not include judging impact"
    if who is Who.PLAN:
        return "your duties do not include writing the plan"
    return f"this action belongs to {action.agency}"


def check_can_update(action: Action, standing: Standing) -> None:
    """Raises NotAllowedError unless the person may write how this action stands, now."""
    if not is_whose_move(Who.OWNER, action, standing):
        raise NotAllowedError(_not_yours(Who.OWNER, action))
    if action.state not in TAKEN_ON_STATES:
        raise NotAllowedError(f"the action is {action.get_state_display().lower()}, so it takes no update now")


def check_can_move_date(action: Action, standing: Standing) -> None:
    """Raises NotAllowedError unless the person may give this action another date, now."""
    if not is_whose_move(Who.HANDING, action, standing):
        raise NotAllowedError("only the agency’s safeguarding lead or the business manager moves the date of an action")
    if action.state not in TAKEN_ON_STATES:
        raise NotAllowedError(f"the action is {action.get_state_display().lower()}, so its date stays as it is")


def check_can_hand_over(action: Action, standing: Standing) -> None:
    """Raises NotAllowedError unless the person may give this action to somebody else, now."""
    check_can_move("hand_over_to_agency", action, standing)


def brings_evidence(action: Action, standing: Standing) -> bool:
    """Whether it is this person's to say what the action changed, whatever its status."""
    return is_whose_move(Who.OWNER, action, standing) or standing.may(Permission.ADD_RECOMMENDATION)


def check_can_add_evidence(action: Action, standing: Standing) -> None:
    """Raises NotAllowedError unless the person may say, now, what this action changed."""
    if not brings_evidence(action, standing):
        raise NotAllowedError(f"evidence is added by {action.agency}, the analyst or who judges impact")
    if action.state not in EVIDENCE_STATES:
        raise NotAllowedError(f"the action is {action.get_state_display().lower()}, so there is nothing to show yet")


def check_can_judge(action: Action, standing: Standing) -> None:
    """Raises NotAllowedError unless the person may judge this action's impact, now. Nobody judges their own."""
    if not standing.may(Permission.JUDGE_IMPACT):
        raise NotAllowedError("your duties do not include judging impact")
    if action.person_id == standing.person.pk:
        raise NotAllowedError("somebody other than the person who has the action in hand judges its impact")
    if action.state not in EVIDENCE_STATES:
        raise NotAllowedError(f"the action is {action.get_state_display().lower()}, so there is nothing to judge yet")


def check_can_retest(action: Action, standing: Standing) -> None:
    """Raises NotAllowedError unless the person may set or record a test whether a change has lasted."""
    if not (standing.may(Permission.JUDGE_IMPACT) or standing.may(Permission.WRITE_PLAN)):
        raise NotAllowedError("your duties do not include judging impact")
    if action.state not in (ActionState.DONE, ActionState.CLOSED):
        raise NotAllowedError("a change is tested again once its action is done")


def why_not_closed(judgement: Judgement | None) -> str:
    """Why an action whose newest judgement is this one cannot be closed, or nothing."""
    if judgement is None:
        return "its impact has not been judged"
    if judgement.verdict not in CLOSING_VERDICTS:
        return "its impact was not shown: do more, or record why none can be shown"
    if judgement.rests_on.filter(withdrawn_at__isnull=False).exists():
        return "evidence that it was judged on has been withdrawn: judge it again"
    return ""
