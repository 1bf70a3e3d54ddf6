"""Who reads which review, who leads it, and what of it may be done. Each check raises with its reason.

Nobody reads a review by duty alone: only who was put on it, until the last day they were given. Some duties know by its
reference that a review exists, and may ask. To everybody else there is none.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.clocks.models import Clock
from trefoil.documents.models import Document
from trefoil.people.enums import AgencyKind, DutyKind
from trefoil.people.models import Agency, Duty, Partnership, Person, in_force

from .enums import ReaderRole, ReviewState
from .models import (
    STANDS,
    AccessRequest,
    AgencyRequest,
    IdentityRecord,
    JointPartnership,
    Reader,
    Review,
    reading_on,
)
from .states import MOVES, UNDONE

SHORTEST_REASON = 10
WHOLE = (ReaderRole.LEAD, ReaderRole.PANEL)
# Who may lead a review: see `leads_on`.
LEADING = (DutyKind.BUSINESS_MANAGER,)


def of_partnership(partnership: Partnership, prefix: str = "review__") -> Q:
    """The filter for rows of reviews that a partnership leads, or carries together with another."""
    shared = JointPartnership.objects.filter(STANDS, partnership=partnership).order_by().values("review")
    return Q(**{f"{prefix}partnership": partnership}) | Q(**{f"{prefix}pk__in": shared})


def partnerships_of(review: Review) -> list[Partnership]:
    """The partnership that leads a review, and those that carry it together with it. One query."""
    joined = review.joined.filter(STANDS).select_related("partnership")
    return [review.partnership, *(one.partnership for one in joined)]


def joinable(review: Review) -> list[Partnership]:
    """The other partnerships of this installation that do not carry the review, by name."""
    here = [one.pk for one in partnerships_of(review)]
    return list(Partnership.objects.exclude(pk__in=here).order_by("name"))


def _readers(standing: Standing, today: date) -> QuerySet[Reader]:
    """The reader's own places on reviews of this partnership that hold today."""
    own = Reader.objects.filter(of_partnership(standing.partnership), reading_on(today), person=standing.person)
    return own if standing.may(Permission.READ_REVIEWS) else own.none()


def reviews_visible_to(standing: Standing, *, today: date | None = None) -> QuerySet[Review]:
    """The reviews that this person reads as a whole today."""
    readers = _readers(standing, today or timezone.localdate()).filter(role__in=WHOLE, review=OuterRef("pk"))
    found = Review.objects.filter(Exists(readers), of_partnership(standing.partnership, ""))
    return found.select_related("partnership")


def reviews_led_by(standing: Standing, *, today: date | None = None) -> QuerySet[Review]:
    """The reviews that this person runs today."""
    readers = _readers(standing, today or timezone.localdate()).filter(role=ReaderRole.LEAD, review=OuterRef("pk"))
    led = Review.objects.filter(Exists(readers), partnership=standing.partnership).select_related("partnership")
    return led if standing.may(Permission.RUN_REVIEWS) else led.none()


def reviews_known_to(standing: Standing) -> QuerySet[Review]:
    """The reviews of which this person may know the reference and nothing else."""
    known = Review.objects.filter(of_partnership(standing.partnership, "")).exclude(state=ReviewState.WITHDRAWN)
    known = known.select_related("partnership")
    return known if standing.may(Permission.KNOW_OF_REVIEWS) else known.none()


def identities_visible_to(standing: Standing) -> QuerySet[IdentityRecord]:
    """Who reviews are about: for the readers of each who were given that."""
    readers = _readers(standing, timezone.localdate()).filter(sees_identity=True, review=OuterRef("review"))
    return IdentityRecord.objects.filter(Exists(readers)).select_related("review__partnership", "written_by")


def requests_visible_to(standing: Standing) -> QuerySet[AgencyRequest]:
    """What agencies were asked for: for who reads the whole review, and for the one person who was asked."""
    own = _readers(standing, timezone.localdate()).filter(review=OuterRef("review"))
    asked = Q(Exists(own.filter(role=ReaderRole.CONTRIBUTOR)), person=standing.person)
    requests = AgencyRequest.objects.filter(Q(Exists(own.filter(role__in=WHOLE))) | asked, withdrawn_at__isnull=True)
    return requests.select_related("review__partnership", "agency", "person", "asked_by")


def access_requests_for(standing: Standing) -> QuerySet[AccessRequest]:
    """Requests that wait for this person's answer: of the reviews they lead, and of reviews that nobody leads."""
    today = timezone.localdate()
    waiting = AccessRequest.objects.filter(answered_at__isnull=True, review__partnership=standing.partnership)
    mine: Q = Q(review__in=reviews_led_by(standing))
    if standing.may(Permission.TAKE_POSITION) and standing.may(Permission.KNOW_OF_REVIEWS):
        mine |= Q(~Exists(leads_on(today).filter(review=OuterRef("review"))))
    return waiting.filter(mine).exclude(person=standing.person).select_related("review__partnership", "person")


def leads_on(day: date) -> QuerySet[Reader]:
    """Who leads a review on a day and still has the duty for it."""
    there = Duty.objects.in_force_on(day).filter(
        person=OuterRef("person"), partnership=OuterRef("review__partnership"), kind__in=LEADING
    )
    return Reader.objects.filter(reading_on(day), Exists(there), role=ReaderRole.LEAD)


def references_read_by(standing: Standing) -> QuerySet[Review, str]:
    """`review:SI-...` of what this person reads as a whole: the setting RESTRICTED_CLOCKS asks."""
    return _references(reviews_visible_to(standing))


def full_papers_read_by(standing: Standing) -> QuerySet[Review, str]:
    """`review_full:SI-...` of what this person reads with who the child is: the setting RESTRICTED_DOCUMENTS asks."""
    whole = _readers(standing, timezone.localdate()).filter(role__in=WHOLE, sees_identity=True, review=OuterRef("pk"))
    return _references(reviews_visible_to(standing).filter(Exists(whole)), "review_full:")


def _references(reviews: QuerySet[Review], beginning: str = "review:") -> QuerySet[Review, str]:
    named = reviews.order_by().annotate(named=Concat(Value(beginning), "reference", output_field=CharField()))
    return named.values_list("named", flat=True)


def events_hidden_from(standing: Standing) -> Q:
    """The events of the trail that this person must not see: those of reviews they do not read, and of their clocks."""
    read = references_read_by(standing)
    clocks = Clock.objects.filter(partnership=standing.partnership, subject__startswith="review:").order_by()
    unread = clocks.exclude(subject__in=read).annotate(
        named=Concat(Value("clock:"), Cast("pk", CharField()), output_field=CharField())
    )
    of_reviews = Q(subject__startswith="review:") & ~Q(subject__in=read)
    return of_reviews | Q(subject__in=unread.values("named")) | Q(subject__in=_papers_hidden_from(standing, read))


def _papers_hidden_from(standing: Standing, read: QuerySet[Review, str]) -> QuerySet[Document, str]:
    """`document:12` of papers of reviews that this person does not read, or not in full."""
    papers = Document.objects.filter(Q(subject__startswith="review:") | Q(subject__startswith="review_full:"))
    unread = papers.order_by().exclude(subject__in=read).exclude(subject__in=full_papers_read_by(standing))
    named = Concat(Value("document:"), Cast("pk", CharField()), output_field=CharField())
    return unread.annotate(named=named).values_list("named", flat=True)


def is_lead(standing: Standing, review: Review) -> bool:
    """Whether this person runs the review."""
    return reviews_led_by(standing).filter(pk=review.pk).exists()


def is_lead_at(person: Person, review: Review, now: datetime) -> bool:
    """Whether somebody runs the review at a moment."""
    standing, today = standing_of(person, review.partnership, now=now), timezone.localdate(now)
    return reviews_led_by(standing, today=today).filter(pk=review.pk).exists()


def safeguarding_partners_on(partnership: Partnership, day: date) -> list[Agency]:
    """The statutory partners on a day, by name."""
    members = Agency.objects.filter(
        in_force(day, "memberships__"),
        memberships__partnership=partnership,
        memberships__kind=AgencyKind.SAFEGUARDING_PARTNER,
    )
    return list(members.distinct().order_by("name"))


def statutory_partners_of(review: Review, day: date) -> list[Agency]:
    """The statutory partners of every partnership that carries a review, by name; those of the leading one first."""
    found: dict[int, Agency] = {}
    for partnership in partnerships_of(review):
        found |= {one.pk: one for one in safeguarding_partners_on(partnership, day) if one.pk not in found}
    return list(found.values())


def reads(person: Person, review: Review, now: datetime) -> bool:
    """Whether somebody reads a review as a whole at a moment, in whichever of its partnerships."""
    today = timezone.localdate(now)
    standings = (standing_of(person, one, now=now) for one in partnerships_of(review))
    return any(reviews_visible_to(one, today=today).filter(pk=review.pk).exists() for one in standings)


def speaks_for(person: Person, agency: Agency, review: Review, now: datetime) -> bool:
    """Whether somebody holds the duty of safeguarding partner for a statutory partner of this review."""
    if person.agency_id != agency.pk:
        return False
    return any(
        standing_of(person, one, now=now).may(Permission.TAKE_POSITION)
        for one in partnerships_of(review)
        if agency in safeguarding_partners_on(one, timezone.localdate(now))
    )


def speakers_of(review: Review, day: date) -> list[Person]:
    """Who holds the duty of safeguarding partner for a statutory partner of this review, by name."""
    partners, here = statutory_partners_of(review, day), partnerships_of(review)
    duties = Duty.objects.in_force_on(day).filter(partnership__in=here, kind=DutyKind.SAFEGUARDING_PARTNER)
    able = Person.objects.filter(pk__in=duties.values("person"), is_active=True, agency__in=partners)
    return list(able.select_related("agency").order_by("name"))


def people_of(review: Review, day: date) -> QuerySet[Person]:
    """Who holds a duty, in a partnership that carries the review, that lets them be put on it."""
    here = [one.pk for one in partnerships_of(review)]
    duties = Duty.objects.in_force_on(day).filter(partnership__in=here).exclude(kind=DutyKind.READER)
    return Person.objects.filter(pk__in=duties.values("person"), is_active=True).select_related("agency")


def agencies_of(review: Review, day: date) -> list[Agency]:
    """Every agency of the partnerships that carry a review, by name."""
    here = [one.pk for one in partnerships_of(review)]
    members = Agency.objects.filter(in_force(day, "memberships__"), memberships__partnership__in=here)
    return list(members.distinct().order_by("name", "pk"))


def people_able(partnership: Partnership, kinds: Collection[str], day: date) -> QuerySet[Person]:
    """Who holds one of these duties here on a day, by name."""
    duties = Duty.objects.in_force_on(day).filter(partnership=partnership, kind__in=kinds)
    able = Person.objects.filter(pk__in=duties.values("person"), is_active=True)
    return able.select_related("agency").order_by("name")


def people_here(partnership: Partnership, day: date) -> QuerySet[Person]:
    """Who holds a duty here that lets them be put on a review."""
    duties = Duty.objects.in_force_on(day).filter(partnership=partnership).exclude(kind=DutyKind.READER)
    return Person.objects.filter(pk__in=duties.values("person"), is_active=True).select_related("agency")


def check_leads(by: Person, review: Review, now: datetime) -> Standing:
    """Where the person stands. Raises NotAllowedError unless they run this review at that moment."""
    standing = standing_of(by, review.partnership, now=now)
    if not is_lead_at(by, review, now):
        raise NotAllowedError("Only who leads this review may do that.")
    return standing


def check_speaks(review: Review, agency: Agency, person: Person, *, by: Person, now: datetime) -> None:
    """Raises NotAllowedError unless `person` speaks for the agency, and `by` is that person or leads the review."""
    if not reads(by, review, now):
        raise NotAllowedError("Only who reads this review takes a position on it.")
    if not speaks_for(person, agency, review, now):
        raise NotAllowedError(f"{person} does not hold the duty of safeguarding partner for {agency}.")
    if person.pk != by.pk:
        check_leads(by, review, now)


def check_words(text: str, ask: str) -> str:
    """The text without blanks around it. Raises NotAllowedError, asking for it, when it says next to nothing."""
    said = text.strip()
    if len(said) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters.")
    return said


def check_move(move: str, review: Review) -> ReviewState:
    """The status that a move leads to. Raises NotAllowedError when it does not start from where the review stands."""
    before, to = MOVES[move]
    if review.state not in before:
        raise NotAllowedError(f"It stands at “{review.get_state_display()}”, so this cannot be done now.")
    return to


def check_undo(review: Review) -> ReviewState:
    """The status that undoing leads back to. Raises NotAllowedError when there is nothing to undo."""
    if review.state not in UNDONE:
        raise NotAllowedError("There is no step to undo.")
    return UNDONE[ReviewState(review.state)]


def check_day(day: date, today: date, what: str) -> None:
    """Raises NotAllowedError for a day that has not come."""
    if day > today:
        raise NotAllowedError(f"{what} cannot lie in the future.")
