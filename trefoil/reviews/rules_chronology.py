"""Who enters a chronology and who reads it.

One agency's entries are written by the one person who was asked for that agency's part, and read by them and by who
reads the whole review. All agencies' entries together are read by who reads the whole review, and by nobody else.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.people.models import Agency, Person

from .enums import ReviewState
from .models import STANDS, AgencyRequest, ChronologyEntry, RedactedCopy, RedactedLine, Review, reading_on
from .rules import of_partnership, partnerships_of, requests_visible_to, reviews_led_by, reviews_visible_to

# Before a rapid review nobody is asked; a withdrawn incident is not worked on, nor a review that has ended.
CLOSED_STATES = (
    *(ReviewState.RECORDED, ReviewState.TO_NOTIFY, ReviewState.NOT_NOTIFIED, ReviewState.WITHDRAWN),
    *(ReviewState.LEARNT, ReviewState.PUBLISHED),
)


def entries_visible_to(standing: Standing) -> QuerySet[ChronologyEntry]:
    """The entries that stand, of reviews that this person reads whole and of the agencies that they write for."""
    asked = requests_visible_to(standing).filter(review=OuterRef("review"), agency=OuterRef("agency"))
    whole = reviews_visible_to(standing).filter(pk=OuterRef("review"))
    return ChronologyEntry.objects.filter(STANDS).filter(Q(Exists(whole)) | Q(Exists(asked)))


def entries_written_by(standing: Standing) -> QuerySet[ChronologyEntry]:
    """The entries that stand and that this person may correct or take out: of the agencies they write for."""
    own = _writing(standing.person, timezone.localdate()).filter(review=OuterRef("review"), agency=OuterRef("agency"))
    entries = ChronologyEntry.objects.filter(of_partnership(standing.partnership), STANDS, Exists(own))
    return entries.select_related("review__partnership", "agency", "upload") if _may(standing) else entries.none()


def requests_written_by(standing: Standing) -> QuerySet[AgencyRequest]:
    """What this person was asked for and writes a chronology for today."""
    own = _writing(standing.person, timezone.localdate()).filter(of_partnership(standing.partnership))
    return own.select_related("review__partnership", "agency", "person") if _may(standing) else own.none()


def copies_visible_to(standing: Standing) -> QuerySet[RedactedCopy]:
    """Final copies that were not withdrawn, for who reads the review; every copy for who leads it."""
    led = reviews_led_by(standing).filter(pk=OuterRef("review"))
    whole = reviews_visible_to(standing).filter(pk=OuterRef("review"))
    final = Q(Exists(whole), undone_at__isnull=True, final_at__isnull=False)
    copies = RedactedCopy.objects.filter(Q(Exists(led)) | final)
    return copies.select_related("review__partnership", "made_by", "final_by")


def lines_rewritten_by(standing: Standing) -> QuerySet[RedactedLine]:
    """The lines of copies that are being looked at, for who leads the review."""
    led = reviews_led_by(standing).filter(pk=OuterRef("copy__review"))
    draft = RedactedLine.objects.filter(Exists(led), copy__undone_at__isnull=True, copy__final_at__isnull=True)
    return draft.select_related("copy__review__partnership", "entry__agency")


def check_enters(review: Review, agency: Agency, by: Person, now: datetime) -> None:
    """Raises NotAllowedError unless this person was asked for this agency's part and may still write for it."""
    if review.state in CLOSED_STATES:
        raise NotAllowedError("No agency is asked about this review now, so nothing is entered.")
    today = timezone.localdate(now)
    writes = _writing(by, today).filter(review=review, agency=agency).exists()
    if not (writes and any(_may(standing_of(by, one, now=now)) for one in partnerships_of(review))):
        raise NotAllowedError(f"Only the person who was asked on behalf of {agency} enters its chronology.")


def _may(standing: Standing) -> bool:
    return standing.may(Permission.READ_REVIEWS)


def _writing(person: Person, today: date) -> QuerySet[AgencyRequest]:
    reads = Review.objects.filter(reading_on(today, "readers__"), readers__person=person, pk=OuterRef("review"))
    asked = AgencyRequest.objects.filter(Exists(reads), person=person, withdrawn_at__isnull=True)
    return asked.exclude(review__state__in=CLOSED_STATES)
