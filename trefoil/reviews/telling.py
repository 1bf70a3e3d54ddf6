"""Who hears what of a review. A message names no review and no child: something waits, and the list is where to look.

Called inside the operation that it tells of; `heard_by` by the run of the clocks (the setting RESTRICTED_CLOCKS_TELL).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import DUTY_GIVES
from trefoil.clocks.telling import Hearing
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import queue_message
from trefoil.people.models import Duty, Partnership, Person

from .enums import ReaderRole
from .models import STANDS, JointPartnership, Reader, Review, reading_on
from .rules import leads_on

READ, LEFT = "A time limit of a review that you read", "A time limit of a review that nobody leads any more"
# Who may be put on one; and who answers for one that has lost its leads: see `rules.access_requests_for`.
READING = [kind for kind, given in DUTY_GIVES.items() if Permission.READ_REVIEWS in given]
_ANSWERS = {Permission.TAKE_POSITION, Permission.KNOW_OF_REVIEWS}
ANSWERING = [kind for kind, given in DUTY_GIVES.items() if given >= _ANSWERS]


def list_path(slug: str) -> str:
    """Where every message leads: the page that asks again who may read."""
    return reverse("review_list", args=[slug])


def tell(review: Review, person: Person, key: str, words: str, *, by: Person, now: datetime) -> None:
    """A message to one person that names nothing, in a partnership of the review where they hold a duty."""
    partnership = place_of(review, person, timezone.localdate(now))
    queue_message(
        person=person,
        partnership=partnership,
        kind=MessageKind.REVIEW,
        words=words,
        path=list_path(partnership.slug),
        key=f"review:{key}",
        by=by,
        now=now,
    )


def place_of(review: Review, person: Person, day: date) -> Partnership:
    """Where somebody finds a review: in the partnership that leads it if they hold a duty there, else in another's."""
    return places_of([(review, person)], day)[review.pk, person.pk]


def places_of(pairs: Sequence[tuple[Review, Person]], day: date) -> Mapping[tuple[int, int], Partnership]:
    """The same of many, by the keys of the review and of the person. Two queries, however many."""
    joined = JointPartnership.objects.filter(STANDS, review__in={review.pk for review, _ in pairs}).order_by("pk")
    here: dict[int, list[Partnership]] = {review.pk: [review.partnership] for review, _ in pairs}
    for row in joined.select_related("partnership"):
        here[row.review_id].append(row.partnership)
    duties = Duty.objects.in_force_on(day).filter(person__in={person.pk for _, person in pairs})
    held = set(duties.values_list("person", "partnership"))
    return {
        (review.pk, person.pk): next(
            (one for one in here[review.pk] if (person.pk, one.pk) in held), review.partnership
        )
        for review, person in pairs
    }


def tell_leads(review: Review, key: str, words: str, *, by: Person, now: datetime) -> None:
    """The same to who leads it; where nobody does any more, to the safeguarding partners, with words for them."""
    today = timezone.localdate(now)
    is_led = leads_on(today).filter(review=review).exists()
    for person in leads_or_partners([review], today)[review.pk]:
        tell(review, person, key, words if is_led else f"{words} Nobody leads it any more.", by=by, now=now)


def leads_or_partners(reviews: Iterable[Review], day: date) -> Mapping[int, list[Person]]:
    """Who answers for each review on a day, by its key: its leads, else the safeguarding partners. Two queries."""
    rows = list(reviews)
    leads, answering = _by_review(leads_on(day), rows), _answering(rows, day)
    return {one.pk: leads[one.pk] or answering[one.partnership_id] for one in rows}


def heard_by(subjects: Iterable[str], now: datetime) -> Mapping[str, Hearing]:
    """Who leads each review; of what is late the panel too. Where nobody leads it, the safeguarding partners.

    The panel of a joint review is that of both sides, and each of it is led to where they find the review. By subject.
    Six queries, however many reviews.
    """
    today = timezone.localdate(now)
    references = {one.removeprefix("review:") for one in subjects}
    reviews = list(Review.objects.filter(reference__in=references).select_related("partnership"))
    leads, panel = _by_review(leads_on(today), reviews), _by_review(_panel_on(today), reviews)
    answering = _answering(reviews, today)
    places = places_of([(one, person) for one in reviews for person in panel[one.pk]], today)
    found = {}
    for one in reviews:
        path, own = list_path(one.partnership.slug), leads[one.pk]
        people = own or answering[one.partnership_id]
        away = {person.pk: places[one.pk, person.pk] for person in panel[one.pk]}
        elsewhere = {key: (place, list_path(place.slug)) for key, place in away.items() if place != one.partnership}
        found[one.subject] = Hearing(people, panel[one.pk], READ if own else LEFT, path, elsewhere)
    return found


def _panel_on(day: date) -> QuerySet[Reader]:
    """Who reads a review as a whole on a day and still holds a duty for it, in whichever partnership carries it."""
    joined = JointPartnership.objects.filter(STANDS, review=OuterRef(OuterRef("review"))).order_by()
    place = Q(partnership=OuterRef("review__partnership")) | Q(partnership__in=joined.values("partnership"))
    there = Duty.objects.in_force_on(day).filter(place, person=OuterRef("person"), kind__in=READING)
    return Reader.objects.filter(reading_on(day), Exists(there), role=ReaderRole.PANEL)


def _by_review(readers: QuerySet[Reader], reviews: Iterable[Review]) -> Mapping[int, list[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    for one in readers.filter(review__in=list(reviews)).select_related("person"):
        found[one.review_id].append(one.person)
    return found


def _answering(reviews: Iterable[Review], day: date) -> Mapping[int, list[Person]]:
    """The safeguarding partners of each partnership."""
    found: dict[int, list[Person]] = defaultdict(list)
    partnerships = {one.partnership_id for one in reviews}
    duties = Duty.objects.in_force_on(day).filter(partnership__in=partnerships, kind__in=ANSWERING)
    for duty in duties.select_related("person").order_by("person_id", "pk"):
        if duty.person not in found[duty.partnership_id]:
            found[duty.partnership_id].append(duty.person)
    return found
