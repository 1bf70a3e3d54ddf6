"""Entries of calendars from publishing: policies, by the day on which they are looked at again."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.notifications.entries import Entry, Wanted
from trefoil.publishing.models import PolicyCare
from trefoil.publishing.rules import cares_visible_to, may_review

from ..addresses import page_href
from .full_days import counts_of, first_of_days, left_out
from .sources import ROWS


def due_policies(standing: Standing, start: date, end: date, wanted: Wanted) -> Iterator[Entry]:
    """Policies by their day of review. A policy is of no agency and of no group."""
    if not wanted.allows("policy") or wanted.group_id is not None or wanted.agency_id is not None:
        return
    slug, now, today = standing.partnership.slug, timezone.now(), timezone.localdate()
    build = partial(_policies, standing, start, end, wanted)
    for one in ROWS.ask(build, standing, now, "policies", start, end, wanted):
        is_late = one.review_on < today
        page = ("publishing_reviewed", one.pk) if may_review(standing, one) else ("publishing_list",)
        yield Entry(
            reference=f"policy:{one.pk}",
            kind="policy",
            title=f"Look again at policy: {one.document.title}",
            starts=one.review_on,
            path=page_href(page[0], slug, *page[1:]),
            version=one.version,
            is_mine=one.owner_id == standing.person.pk,
            status="late" if is_late else "",
            status_words="Late" if is_late else "",
            **left_out(wanted, *counts_of(one)),
        )


def _policies(standing: Standing, start: date, end: date, wanted: Wanted, now: datetime) -> QuerySet[PolicyCare]:
    found = cares_visible_to(standing).filter(review_on__range=(start, end))
    found = found.filter(owner=standing.person) if wanted.mine else found
    late, order = Q(review_on__lt=timezone.localdate(now)), ("review_on", "document__title", "pk")
    found = first_of_days(found, wanted, day=F("review_on"), order=order, late=late)
    return found.select_related(None).select_related("document")[: wanted.most]
