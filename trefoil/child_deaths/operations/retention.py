"""How long the words of a review are kept, and their deletion. What the yearly figures count stays."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.sealed_field import sealed_columns
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person
from trefoil.reviews.rules import check_words

from ..enums import DeathState
from ..models import (
    AgencyReply,
    Analysis,
    AnotherChild,
    Closing,
    Death,
    DeathAsking,
    DeathIdentity,
    DeathMove,
    DeathReader,
    DeathRecommendation,
    DeathRetention,
    DomainFactors,
    FamilySupport,
    Fingerprint,
    Hearing,
    InformationRequest,
    LearningPoint,
    PanelPaper,
    PassedOn,
    PracticeReview,
    ResponseDecision,
    ResponseStep,
    ReviewMeeting,
)
from ..models.retention import LONGEST
from ..moving import held, on_death
from ..names import faults_in
from ..queries import kept_until
from ..rules import check_leads

# Rows that say who the child was, what happened, or who had to do with it; each after those that point at it.
_GONE: tuple[type[Model], ...] = (
    *(DeathIdentity, Fingerprint, DeathReader, DeathAsking, InformationRequest, PanelPaper, LearningPoint),
    *(ResponseStep, DeathRecommendation, PracticeReview),
)
# Rows that the figures count, or that say in which order it went: their sealed words alone go.
_EMPTIED: tuple[type[Model], ...] = (
    *(ResponseDecision, ReviewMeeting, Analysis, Closing, Hearing, DeathMove),
    *(FamilySupport, PassedOn),
)


@transaction.atomic
def set_death_retention(*, partnership: Partnership, years: int, why: str, by: Person, now: datetime) -> DeathRetention:
    """So many years after its closing the words of a review may be deleted. By which policy is written down."""
    if not standing_of(by, partnership, now=now).may(Permission.RUN_DEATHS):
        raise NotAllowedError("Your duties here do not include running the reviews of deaths.")
    reason = check_words(why, "Say which policy or decision says so")
    if not 1 <= years <= LONGEST:
        raise NotAllowedError(f"Between 1 and {LONGEST} years.")
    kept, _ = DeathRetention.objects.update_or_create(
        partnership=partnership, defaults={"years": years, "why": reason[:300], "set_at": now, "set_by": by}
    )
    record(
        event=EventType.DEATH_RETENTION_SET,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject="death_retention",
        detail={"years": years},
        reason=kept.why,
    )
    return kept


@transaction.atomic
def delete_words(*, death: Death, reason: str, by: Person, now: datetime) -> None:
    """Delete who the child was and all that was written, for good. Who runs the review does it, with the reason.

    A withdrawn notification at any time; a closed review once the partnership's time has passed. The days, the groups,
    the categories and the scores stay under the reference, so that a yearly figure that was shown stays as it was.
    """
    check_leads(by, death, now)
    own, why = held(death), check_words(reason, "Say why it is deleted")
    _check_may_go(own, timezone.localdate(now))
    # The reason stays when everything else has gone.
    if faults := faults_in(own.identity, why):
        raise NotAllowedError(f"The reason stays and must not say who the child was. It holds: {faults}.")
    AgencyReply.objects.filter(request__death=own).delete()
    AnotherChild.objects.filter(Q(death=own) | Q(other=own)).delete()
    for table in _GONE:
        table._default_manager.filter(death=own).delete()
    for table in _EMPTIED:
        table._default_manager.filter(death=own).update(**dict.fromkeys(sealed_columns(table), ""))
    ResponseDecision.objects.filter(death=own).update(deciders="")
    ReviewMeeting.objects.filter(death=own).update(provider="")
    DomainFactors.objects.filter(analysis__death=own).update(words="", change="")
    emptied = dict.fromkeys(sealed_columns(Death), "")
    Death.objects.filter(pk=own.pk).update(deleted_at=now, deleted_by=by, deleted_why=why[:300], **emptied)
    record(event=EventType.DEATH_WORDS_DELETED, by=by, now=now, **on_death(own))
    death.refresh_from_db()


def _check_may_go(death: Death, today: date) -> None:
    if death.deleted_at is not None:
        raise NotAllowedError("It was deleted already.")
    if death.state == DeathState.WITHDRAWN:
        return
    if death.state not in {DeathState.CLOSED, DeathState.PASSED_ON}:
        raise NotAllowedError("Its review is not closed.")
    until = kept_until(death)
    if until is None:
        raise NotAllowedError("The partnership has not said how long these records are kept.")
    if today <= until:
        raise NotAllowedError(f"It is kept until {until:%-d %B %Y}.")
