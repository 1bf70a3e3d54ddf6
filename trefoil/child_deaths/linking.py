"""Practice reviews of a child who died, as far as the reader leads them: what may be linked, and what is a double."""

from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.reviews.enums import ReviewState
from trefoil.reviews.models import IdentityRecord, Review
from trefoil.reviews.rules import identities_visible_to, reviews_led_by

from .anonymity import plain
from .models import DeathIdentity, PracticeReview


def reviews_of_the_child(standing: Standing, identity: DeathIdentity) -> list[Review]:
    """Reviews that this person leads and whose child has the same name or the same date of birth, by reference.

    Only what they lead and see the child of is opened, so nobody learns here that there is another.
    """
    led = reviews_led_by(standing).exclude(state=ReviewState.WITHDRAWN)
    free = led.exclude(pk__in=PracticeReview.objects.values("review"))
    records = identities_visible_to(standing).filter(review__in=free).order_by("review__reference")
    return [one.review for one in records if _same_name(one, identity) or _same_birth(one, identity)]


def check_no_review_yet(standing: Standing, identity: DeathIdentity) -> None:
    """Raises NotAllowedError where the person leads a review of the same name and no other date of birth.

    Twins have one date of birth and two names: they are not stopped here.
    """
    for review in reviews_of_the_child(standing, identity):
        known = review.identity
        is_same = _same_birth(known, identity) or not (known.born_on and identity.born_on)
        if _same_name(known, identity) and is_same:
            raise NotAllowedError(
                f"You lead {review.reference}, which is about this child. Link that one, so that nothing is recorded "
                "and notified twice."
            )


def _same_name(one: IdentityRecord, other: DeathIdentity) -> bool:
    return plain(one.child_name).split() == plain(other.child_name).split()


def _same_birth(one: IdentityRecord, other: DeathIdentity) -> bool:
    return bool(one.born_on) and one.born_on == other.born_on
