"""Who sees which meetings, papers and decisions, and who may run one. Each check raises with its reason."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import groups_sat_in, groups_visible_to, standing_of
from trefoil.access.rules import Standing
from trefoil.people.enums import AgencyKind, DutyKind
from trefoil.people.models import Agency, Duty, Group, Membership, Partnership, Person, in_force

from .chairs import groups_chaired_by
from .enums import MinutesState
from .models import AgendaItem, BoardLink, Decision, ForwardItem, Meeting, Minutes, Terms

SHORTEST_REASON = 10


def meetings_visible_to(standing: Standing) -> QuerySet[Meeting]:
    """When which group meets, or met: for everybody who may read meetings. Papers and minutes are another matter."""
    meetings = Meeting.objects.filter(partnership=standing.partnership).select_related("group", "partnership")
    return meetings if standing.may(Permission.READ_MEETINGS) else meetings.none()


def papers_visible_to(standing: Standing) -> QuerySet[Meeting]:
    """The meetings whose agenda, papers, attendance and minutes the reader opens: of their own groups, or of all."""
    meetings = meetings_visible_to(standing)
    if standing.may(Permission.READ_ALL_PAPERS):
        return meetings
    return meetings.filter(group__in=groups_sat_in(standing, today=timezone.localdate()))


def reads_papers(standing: Standing, group: Group) -> bool:
    """Whether the reader opens this group's papers."""
    if standing.may(Permission.READ_ALL_PAPERS):
        return True
    if not standing.may(Permission.READ_MEETINGS):
        return False
    return groups_sat_in(standing, today=timezone.localdate()).filter(pk=group.pk).exists()


def minutes_visible_to(standing: Standing) -> QuerySet[Minutes]:
    """Minutes of the meetings whose papers the reader opens. A draft is only for who may run that group's meetings."""
    minutes = Minutes.objects.filter(meeting__in=papers_visible_to(standing)).select_related(
        "meeting__group", "meeting__partnership", "approved_in", "changed_by", "circulated_by", "approved_by"
    )
    if standing.may(Permission.RUN_MEETINGS):
        return minutes
    return minutes.filter(~Q(state=MinutesState.DRAFT) | Q(meeting__group__in=groups_run_by(standing)))


def decisions_visible_to(standing: Standing) -> QuerySet[Decision]:
    """The headlines of decisions, and whether they were made: for everybody who may read meetings."""
    decisions = Decision.objects.filter(partnership=standing.partnership).select_related("meeting__group", "item")
    return decisions if standing.may(Permission.READ_MEETINGS) else decisions.none()


def decision_papers_visible_to(standing: Standing) -> QuerySet[Decision]:
    """The decisions whose words, reasons and positions the reader opens."""
    return decisions_visible_to(standing).filter(meeting__in=papers_visible_to(standing))


def items_visible_to(standing: Standing) -> QuerySet[AgendaItem]:
    """The agenda items of the meetings whose papers the reader opens."""
    return AgendaItem.objects.filter(meeting__in=papers_visible_to(standing)).select_related(
        "meeting__group", "meeting__partnership", "owner"
    )


def terms_visible_to(standing: Standing) -> QuerySet[Terms]:
    """Agreed terms of reference for everybody who may read meetings; a draft for who opens the group's papers."""
    terms = Terms.objects.filter(group__in=groups_visible_to(standing)).select_related(
        "group__partnership", "agreed_at_meeting__group", "changed_by"
    )
    if not standing.may(Permission.READ_MEETINGS):
        return terms.none()
    if standing.may(Permission.READ_ALL_PAPERS):
        return terms
    own = groups_sat_in(standing, today=timezone.localdate())
    return terms.filter(Q(agreed_on__isnull=False) | Q(group__in=own))


def programme_visible_to(standing: Standing) -> QuerySet[ForwardItem]:
    """What is to come to the groups whose papers the reader opens."""
    items = ForwardItem.objects.filter(group__partnership=standing.partnership, withdrawn_reason="")
    items = items.select_related("group__partnership", "owner", "meeting__group")
    if not standing.may(Permission.READ_MEETINGS):
        return items.none()
    if standing.may(Permission.READ_ALL_PAPERS):
        return items
    return items.filter(group__in=groups_sat_in(standing, today=timezone.localdate()))


def boards_visible_to(standing: Standing) -> QuerySet[BoardLink]:
    """The links to other boards: for everybody who may read meetings."""
    links = BoardLink.objects.filter(partnership=standing.partnership, withdrawn_reason="")
    return links if standing.may(Permission.READ_MEETINGS) else links.none()


def groups_run_by(standing: Standing) -> QuerySet[Group]:
    """The groups whose meetings this person may run today: all for who runs meetings, else those they chair."""
    groups = groups_visible_to(standing)
    if standing.may(Permission.RUN_MEETINGS):
        return groups
    if not standing.may(Permission.READ_MEETINGS):
        return groups.none()
    return groups_chaired_by(standing, timezone.localdate())


def may_run(standing: Standing, group: Group) -> bool:
    """Whether this person may call, run and minute the group's meetings."""
    return groups_run_by(standing).filter(pk=group.pk).exists()


def check_runs(by: Person, group: Group, *, now: datetime) -> Standing:
    """Where the person stands. Raises NotAllowedError unless they may run the group's meetings at that moment."""
    standing = standing_of(by, group.partnership, now=now)
    if standing.may(Permission.RUN_MEETINGS):
        return standing
    chairs = groups_chaired_by(standing, timezone.localdate(now)).filter(pk=group.pk)
    if not standing.may(Permission.READ_MEETINGS) or not chairs.exists():
        raise NotAllowedError(f"Only the business manager and the chair of {group} may do this.")
    return standing


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Raises NotAllowedError for one too short to say anything."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"Say why, in at least {SHORTEST_REASON} characters.")
    return reason.strip()


def partner_agencies_of(standing: Standing, *, today: date) -> QuerySet[Agency]:
    """The statutory partners this person may speak for: the one that their duty names, else where they work."""
    if not standing.may(Permission.TAKE_POSITION):
        return Agency.objects.none()
    named = Q(agency=OuterRef("pk"))
    if standing.person.agency_id is not None:
        named |= Q(agency=None) & Q(person__agency=OuterRef("pk"))
    duties = Duty.objects.in_force_on(today).filter(
        named, person=standing.person, partnership=standing.partnership, kind=DutyKind.SAFEGUARDING_PARTNER
    )
    return statutory_partners(standing.partnership.pk, today).filter(Exists(duties))


def statutory_partners(partnership_id: int, day: date) -> QuerySet[Agency]:
    """The safeguarding partners on a day, by name."""
    partners = Membership.objects.filter(
        in_force(day), agency=OuterRef("pk"), partnership=partnership_id, kind=AgencyKind.SAFEGUARDING_PARTNER
    )
    return Agency.objects.filter(Exists(partners)).order_by("name")


def speakers_for(partnership: Partnership, day: date) -> list[tuple[Person, Agency]]:
    """Who may speak for which statutory partner at a meeting: its lead or delegate, and its safeguarding lead."""
    partners = {agency.pk: agency for agency in statutory_partners(partnership.pk, day)}
    duties = Duty.objects.in_force_on(day).filter(
        partnership=partnership, kind__in=[DutyKind.SAFEGUARDING_PARTNER, DutyKind.AGENCY_LEAD]
    )
    found = [(duty.person, duty.agency_id or duty.person.agency_id) for duty in duties.select_related("person")]
    return [(person, partners[key]) for person, key in dict.fromkeys(found) if key in partners]
