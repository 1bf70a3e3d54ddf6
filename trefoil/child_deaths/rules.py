"""Who reads the review of which death, who runs it, and what may be done. Each check raises with its reason.

Nobody reads one by duty alone: only who was put on it, until the last day they were given; and the members of a panel
read its anonymised papers, and nothing else. Some duties know by its reference that one exists, and may ask.
"""

from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import DUTY_GIVES, Standing
from trefoil.clocks.models import Clock
from trefoil.people.models import Duty, Person
from trefoil.reviews.models import reading_on

from .enums import DeathState, ReaderRole
from .models import Death, DeathAsking, DeathIdentity, DeathReader, InformationRequest, Panel, PanelMember
from .states import MOVES, UNDONE

WHOLE = (ReaderRole.LEAD, ReaderRole.TEAM)
# Who is designated: whoever has one of these duties may run the review of a death.
RUNNING = [kind for kind, given in DUTY_GIVES.items() if Permission.RUN_DEATHS in given]
READING = [kind for kind, given in DUTY_GIVES.items() if Permission.READ_DEATHS in given]
KNOWING = [kind for kind, given in DUTY_GIVES.items() if Permission.KNOW_OF_DEATHS in given]


def _readers(standing: Standing, today: date) -> QuerySet[DeathReader]:
    """The reader's own places in this partnership that hold today."""
    own = DeathReader.objects.filter(reading_on(today), person=standing.person, death__partnership=standing.partnership)
    return own if standing.may(Permission.READ_DEATHS) else own.none()


def deaths_visible_to(standing: Standing, *, today: date | None = None) -> QuerySet[Death]:
    """The deaths whose review this person reads as a whole today."""
    readers = _readers(standing, today or timezone.localdate()).filter(role__in=WHOLE, death=OuterRef("pk"))
    return Death.objects.filter(Exists(readers), partnership=standing.partnership).select_related("partnership")


def deaths_led_by(standing: Standing, *, today: date | None = None) -> QuerySet[Death]:
    """The deaths whose review this person runs today."""
    readers = _readers(standing, today or timezone.localdate()).filter(role=ReaderRole.LEAD, death=OuterRef("pk"))
    led = Death.objects.filter(Exists(readers), partnership=standing.partnership).select_related("partnership")
    return led if standing.may(Permission.RUN_DEATHS) else led.none()


def deaths_known_to(standing: Standing) -> QuerySet[Death]:
    """The deaths of which this person may know the reference and nothing else."""
    known = Death.objects.standing().held().filter(partnership=standing.partnership)
    return known if standing.may(Permission.KNOW_OF_DEATHS) else known.none()


def deaths_without_lead(standing: Standing) -> QuerySet[Death]:
    """Those that wait for somebody to take them up, were it to delete their words: for whoever may run them."""
    today = timezone.localdate()
    own = Death.objects.held().filter(partnership=standing.partnership)
    waiting = own.filter(~Exists(leads_on(today).filter(death=OuterRef("pk"))))
    return waiting if standing.may(Permission.RUN_DEATHS) else waiting.none()


def identities_visible_to(standing: Standing, *, today: date | None = None) -> QuerySet[DeathIdentity]:
    """Who the children were: for the readers of each who were given that."""
    readers = _readers(standing, today or timezone.localdate()).filter(sees_identity=True, death=OuterRef("death"))
    return DeathIdentity.objects.filter(Exists(readers)).select_related("death__partnership", "written_by")


def requests_visible_to(standing: Standing) -> QuerySet[InformationRequest]:
    """What agencies were asked: for who reads the whole, and for the one person who was asked."""
    own = _readers(standing, timezone.localdate()).filter(death=OuterRef("death"))
    asked = Q(Exists(own.filter(role=ReaderRole.CONTRIBUTOR)), person=standing.person)
    requests = InformationRequest.objects.filter(
        Q(Exists(own.filter(role__in=WHOLE))) | asked, withdrawn_at__isnull=True
    )
    return requests.select_related("death__partnership", "agency", "person", "asked_by")


def askings_for(standing: Standing) -> QuerySet[DeathAsking]:
    """Requests to read that wait for this person's answer: of the deaths whose review they run."""
    waiting = DeathAsking.objects.filter(answered_at__isnull=True, death__in=deaths_led_by(standing))
    return waiting.exclude(person=standing.person).select_related("death__partnership", "person")


def panels_visible_to(standing: Standing) -> QuerySet[Panel]:
    """The panels that this person calls here, and those whose papers they read for this partnership."""
    seats = PanelMember.objects.filter(
        panel=OuterRef("pk"),
        person=standing.person,
        reads_for=standing.partnership,
        ended_at__isnull=True,
        ends_on__gte=timezone.localdate(),
    )
    mine = Q(Exists(seats)) if standing.may(Permission.READ_DEATHS) else Q(pk__in=[])
    if standing.may(Permission.RUN_DEATHS):
        mine |= Q(partnership=standing.partnership) | Q(guests=standing.partnership)
    return Panel.objects.filter(mine).select_related("partnership").distinct()


def panels_called_by(standing: Standing) -> QuerySet[Panel]:
    """The panels of this partnership, for whoever may run the review of deaths."""
    own = Panel.objects.filter(partnership=standing.partnership).select_related("partnership")
    return own if standing.may(Permission.RUN_DEATHS) else own.none()


def is_member(standing: Standing, panel: Panel) -> bool:
    """Whether this person reads the papers of a panel today. To call one does not open its papers."""
    today = timezone.localdate()
    seats = panel.members.filter(person=standing.person, ended_at__isnull=True, ends_on__gte=today)
    return standing.may(Permission.READ_DEATHS) and seats.filter(reads_for=standing.partnership).exists()


def leads_on(day: date) -> QuerySet[DeathReader]:
    """Who runs the review of a death on a day and still has a duty for it."""
    there = Duty.objects.in_force_on(day).filter(
        person=OuterRef("person"), partnership=OuterRef("death__partnership"), kind__in=RUNNING
    )
    return DeathReader.objects.filter(reading_on(day), Exists(there), role=ReaderRole.LEAD)


def references_read_by(standing: Standing) -> QuerySet[Death, str]:
    """`death:CD-...` of what this person reads as a whole: the setting RESTRICTED_CLOCKS asks."""
    named = Concat(Value("death:"), "reference", output_field=CharField())
    return deaths_visible_to(standing).order_by().annotate(named=named).values_list("named", flat=True)


def events_hidden_from(standing: Standing) -> Q:
    """The events of the trail that this person must not see: of deaths they do not read, their clocks, and panels."""
    read = references_read_by(standing)
    clocks = Clock.objects.filter(partnership=standing.partnership, subject__startswith="death:").order_by()
    unread = clocks.exclude(subject__in=read).annotate(
        named=Concat(Value("clock:"), Cast("pk", CharField()), output_field=CharField())
    )
    panels = (
        panels_visible_to(standing)
        .order_by()
        .annotate(named=Concat(Value("death_panel:"), Cast("pk", CharField()), output_field=CharField()))
    )
    of_deaths = Q(subject__startswith="death:") & ~Q(subject__in=read)
    of_panels = Q(subject__startswith="death_panel:") & ~Q(subject__in=panels.values("named"))
    return of_deaths | of_panels | Q(subject__in=unread.values("named"))


def is_lead(standing: Standing, death: Death) -> bool:
    """Whether this person runs the review of this death."""
    return deaths_led_by(standing).filter(pk=death.pk).exists()


def check_leads(by: Person, death: Death, now: datetime) -> Standing:
    """Where the person stands. Raises NotAllowedError unless they run this review at that moment."""
    standing = standing_of(by, death.partnership, now=now)
    if not deaths_led_by(standing, today=timezone.localdate(now)).filter(pk=death.pk).exists():
        raise NotAllowedError("Only who runs this review may do that.")
    return standing


def check_move(move: str, death: Death) -> DeathState:
    """The status that a move leads to. Raises NotAllowedError when it does not start from where the death stands."""
    before, to = MOVES[move]
    if death.state not in before:
        raise NotAllowedError(f"It stands at “{death.get_state_display()}”, so this cannot be done now.")
    return to


def check_undo(death: Death) -> DeathState:
    """The status that undoing leads back to. Raises NotAllowedError when there is nothing to undo."""
    if death.state not in UNDONE:
        raise NotAllowedError("There is no step to undo.")
    return UNDONE[DeathState(death.state)]


def check_open(death: Death) -> None:
    """Raises NotAllowedError once the review is closed or withdrawn."""
    if death.state in {DeathState.CLOSED, DeathState.WITHDRAWN}:
        raise NotAllowedError(f"It stands at “{death.get_state_display()}”, so nothing is added now.")
