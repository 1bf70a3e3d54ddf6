"""What "what needs you" asks of publishing."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing

from .after.reading import kinds_with
from .enums import EditionState, PublicState
from .models import (
    BoardPassage,
    Contribution,
    Edition,
    Offer,
    OfferAnswer,
    PolicyCare,
    PublicDocument,
    ScrutinyStatement,
)
from .queries import with_standing
from .rules import cares_visible_to, contributions_visible_to, drafts_visible_to, editions_visible_to


def documents_waiting_for(standing: Standing) -> QuerySet[PublicDocument] | None:
    """What was put to the partners and the reader's own agency has not answered; None for who answers for none."""
    agency = standing.person.agency_id
    if not standing.may(Permission.TAKE_POSITION) or agency is None:
        return None
    newest = Offer.objects.filter(document=OuterRef("pk")).order_by("-number").values("pk")[:1]
    given = OfferAnswer.objects.filter(offer=OuterRef("newest_offer"), agency=agency)
    waiting = drafts_visible_to(standing).filter(state=PublicState.WITH_PARTNERS)
    return waiting.annotate(newest_offer=Subquery(newest)).filter(~Exists(given))


def contributions_waited_for(standing: Standing) -> QuerySet[Contribution] | None:
    """What the reader's own agency was asked for and has not handed in; None for who writes for no agency."""
    agency = standing.person.agency_id
    if not standing.may(Permission.WRITE_PUBLISHING) or agency is None:
        return None
    found = contributions_visible_to(standing).filter(agency=agency, given_at=None, withdrawn_at=None)
    return found.filter(section__document__state=PublicState.DRAFT)


def editions_for_own_board(standing: Standing, now: datetime) -> QuerySet[Any] | None:
    """What is frozen, not out yet, and not before the board of the reader's own agency; None for no partner."""
    agency = standing.person.agency_id
    if not standing.may(Permission.TAKE_POSITION) or agency is None:
        return None
    been = BoardPassage.objects.filter(edition=OuterRef("pk"), agency=agency, taken_back_at=None)
    return _not_out(standing, now).filter(~Exists(been), document__kind__in=kinds_with("boards"))


def editions_for_scrutiny(standing: Standing, now: datetime) -> QuerySet[Any] | None:
    """What is frozen, not out yet, and scrutiny has said nothing of; None for who is not the scrutineer."""
    if not standing.may(Permission.GIVE_SCRUTINY):
        return None
    said = ScrutinyStatement.objects.filter(edition=OuterRef("pk"), taken_back_at=None)
    return _not_out(standing, now).filter(~Exists(said), document__kind__in=kinds_with("scrutiny"))


def editions_to_publish(standing: Standing, now: datetime) -> QuerySet[Any] | None:
    """What is frozen and not out yet; None for who does not run publishing."""
    return _not_out(standing, now) if standing.may(Permission.RUN_PUBLISHING) else None


def policies_to_look_at(standing: Standing, today: date) -> QuerySet[PolicyCare] | None:
    """Policies whose day of review has passed: the reader's own, or all for who runs publishing."""
    if not standing.may(Permission.READ_PUBLISHING):
        return None
    own = Q() if standing.may(Permission.RUN_PUBLISHING) else Q(owner=standing.person)
    return cares_visible_to(standing).filter(own, review_on__lt=today)


def _not_out(standing: Standing, now: datetime) -> QuerySet[Any]:
    """The newest edition of each document, where it was never published."""
    later = Edition.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    found = with_standing(editions_visible_to(standing), now)
    return found.filter(~Exists(later), stands=EditionState.NOT_PUBLISHED)
