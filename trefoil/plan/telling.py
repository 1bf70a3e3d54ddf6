"""Who hears what of an action, in the application. An e-mail only ever says that something waits.

Called inside the operation that it tells of. That a date comes near, or has passed, is told by the action's clock.
A message names the action and the agencies. A reason may say more than fits a glance: it stands on the action's page.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import DUTY_GIVES
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Duty, Person

from .models import Action
from .words import day_words

LONGEST_TITLE = 120
READERS = [kind for kind, given in DUTY_GIVES.items() if Permission.READ_PLAN in given]
WRITERS = [kind for kind, given in DUTY_GIVES.items() if Permission.WRITE_PLAN in given]
# Partners may judge too; they are not told of each action that is done.
JUDGES = [DutyKind.SCRUTINEER, *WRITERS]


def told_proposed(action: Action, *, by: Person, now: datetime) -> None:
    """The agency's leads, and whose name stands on it, are asked for an answer."""
    said = f"{_named(action)} is put to {action.agency}, to be done by {day_words(action.due_on)}."
    _tell(action, "proposed", f"{said} It waits for an answer.", _owners(action, now), by=by, now=now)


def told_accepted(action: Action, *, by: Person, now: datetime) -> None:
    """Whoever gave it hears the answer; whose name stands on it hears that it is theirs."""
    said = f"{action.agency} has accepted {_named(action)}."
    _tell(action, "accepted", said, _audience(action, now, people=[action.proposed_by_id]), by=by, now=now)
    _told_in_hand(action, by=by, now=now)


def told_refused(action: Action, *, by: Person, now: datetime) -> None:
    """Whoever writes the plan has to give it to somebody else, or withdraw it."""
    said = f"{action.agency} has refused {_named(action)}. Give it to another agency, or withdraw it."
    _tell(action, "refused", said, _audience(action, now, kinds=WRITERS), by=by, now=now)


def told_handed_over(
    action: Action, *, from_agency: Agency, from_person: Person | None, by: Person, now: datetime
) -> None:
    """Those who have it now, and those who had it before."""
    before = [from_person.pk] if from_person else []
    if from_agency.pk == action.agency_id:
        _told_in_hand(action, by=by, now=now)
        said = f"{_named(action)} is no longer in your hands."
        _tell(action, "passed", said, _audience(action, now, people=before), by=by, now=now)
        return
    said = f"{_named(action)} has gone from {from_agency} to {action.agency}."
    asked = f"{said} It is to be done by {day_words(action.due_on)}, and waits for an answer."
    _tell(action, "handed", asked, _owners(action, now), by=by, now=now)
    _tell(action, "passed", said, _audience(action, now, agency=from_agency, people=before), by=by, now=now)


def told_done(action: Action, *, by: Person, now: datetime) -> None:
    """The scrutineer, and whoever writes the plan, are asked whether it changed anything."""
    said = f"{action.agency} says that {_named(action)} is done. Did it change anything?"
    _tell(action, "done", said, _audience(action, now, kinds=JUDGES), by=by, now=now)


def told_closed(action: Action, verdict: str, *, by: Person, now: datetime) -> None:
    """Its owners hear how it was judged."""
    said = f"{_named(action)} is closed: {verdict[:1].lower()}{verdict[1:]}."
    _tell(action, "closed", said, _owners(action, now), by=by, now=now)


def told_reopened(action: Action, *, by: Person, now: datetime) -> None:
    """Its owners have to work on it again."""
    said = f"{_named(action)} is open again, to be done by {day_words(action.due_on)}."
    _tell(action, "reopened", said, _owners(action, now), by=by, now=now)


def told_withdrawn(action: Action, *, by: Person, now: datetime) -> None:
    """Nothing more is asked of its owners."""
    _tell(action, "withdrawn", f"{_named(action)} is withdrawn.", _owners(action, now), by=by, now=now)


def told_date_moved(action: Action, *, by: Person, now: datetime) -> None:
    """Its owners hear of another date, unless they moved it themselves."""
    said = f"{_named(action)} is now to be done by {day_words(action.due_on)}."
    _tell(action, "date", said, _owners(action, now), by=by, now=now)


def _told_in_hand(action: Action, *, by: Person, now: datetime) -> None:
    said = f"{_named(action)} is in your hands, to be done by {day_words(action.due_on)}."
    people = [action.person_id] if action.person_id else []
    _tell(action, "hands", said, _audience(action, now, people=people), by=by, now=now)


def _owners(action: Action, now: datetime) -> list[Person]:
    people = [action.person_id] if action.person_id else []
    return _audience(action, now, agency=action.agency, people=people)


def _audience(
    action: Action,
    now: datetime,
    *,
    agency: Agency | None = None,
    people: Iterable[int] = (),
    kinds: Iterable[DutyKind] = (),
) -> list[Person]:
    """An agency's leads, these people and the holders of these duties: of those who read this plan today."""
    wanted = Q(person__in=list(people)) | Q(kind__in=list(kinds))
    if agency is not None:
        wanted |= Q(kind=DutyKind.AGENCY_LEAD, agency=agency)
    duties = Duty.objects.in_force_on(timezone.localdate(now)).filter(wanted, kind__in=READERS)
    found = duties.filter(partnership=action.partnership_id).select_related("person").order_by("person_id", "pk")
    return list({duty.person_id: duty.person for duty in found}.values())


def _named(action: Action) -> str:
    title = action.title if len(action.title) <= LONGEST_TITLE else f"{action.title[: LONGEST_TITLE - 1].rstrip()}…"
    return f"“{title}”"


def _tell(action: Action, what: str, words: str, people: Iterable[Person], *, by: Person, now: datetime) -> None:
    """Once for each state of the action: its version is part of the key."""
    partnership = action.partnership
    path = reverse("action_detail", args=[partnership.slug, action.pk])
    key = f"{action.reference}:{what}:{action.version}"
    messages = [NewMessage(one, partnership, MessageKind.ACTION, words, path, key) for one in people]
    queue_messages(messages=messages, by=by, now=now)
