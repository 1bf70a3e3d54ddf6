"""A policy given an owner, a day of review and its core procedure; looked at again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Person

from ..locking import locked
from ..models import PolicyCare, PolicyReview, PublicDocument
from ..patterns.reading import pattern_of
from ..proofing.links import why_dead
from ..rules import check_may_run, checked_reason, may_review, owners_of


@transaction.atomic
def set_care(
    *,
    document: PublicDocument,
    owner: Person,
    review_on: date,
    core_title: str,
    core_href: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> PolicyCare:
    """Say who owns a policy, when it is looked at again, and which core procedure it stands beside.

    It can be said of a frozen one too: an owner leaves. `seen_version` is 0 while nothing has been said.
    """
    check_may_run(standing_of(by, document.partnership, now=now))
    locked(document)
    if not pattern_of(document.kind).has_care:
        raise NotAllowedError("only a policy or procedure has an owner and a day of review")
    if not owners_of(document.partnership, timezone.localdate(now)).filter(pk=owner.pk).exists():
        raise NotAllowedError(f"{owner} holds no duty in this partnership that lets them read it")
    title, href = core_title.strip(), core_href.strip()
    _check_core(title, href)
    facts = {"owner": owner, "review_on": review_on, "core_title": title, "core_href": href}
    held = PolicyCare.objects.filter(document=document).first()
    if held is None:
        held = PolicyCare.objects.create(document=document, **facts, **stamp(by, now))
    else:
        save_if_unchanged(held, seen_version=seen_version, by=by, now=now, **facts)
    record(
        event=EventType.POLICY_CARE_SET,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"owner": owner.pk, "review_on": review_on.isoformat()},
    )
    return held


@transaction.atomic
def review_policy(*, care: PolicyCare, words: str, next_on: date, by: Person, now: datetime) -> PolicyReview:
    """Say that a policy was looked at, what was found, and when it is next. Its owner does, or who runs publishing."""
    document = care.document
    standing = standing_of(by, document.partnership, now=now)
    locked(document)
    held = PolicyCare.objects.select_for_update().get(pk=care.pk)
    if not may_review(standing, held):
        raise NotAllowedError("only its owner or the business manager says that it was looked at")
    said = checked_reason(words, "say what you found")
    if next_on <= timezone.localdate(now):
        raise NotAllowedError("the next day of review lies after today")
    kept = PolicyReview.objects.create(
        care=held, words=said, was_due_on=held.review_on, next_on=next_on, reviewed_at=now, reviewed_by=by
    )
    save_if_unchanged(held, seen_version=held.version, by=by, now=now, review_on=next_on)
    care.refresh_from_db()
    record(
        event=EventType.POLICY_REVIEWED,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"was_due_on": kept.was_due_on.isoformat(), "next_on": next_on.isoformat()},
    )
    return kept


def _check_core(title: str, href: str) -> None:
    if bool(title) != bool(href):
        raise NotAllowedError("give the core procedure both its title and its address, or neither")
    if href and (not href.lower().startswith("https://") or why_dead(href, ())):
        raise NotAllowedError(
            "the address of the core procedure begins with https:// and is one that the public can open"
        )
