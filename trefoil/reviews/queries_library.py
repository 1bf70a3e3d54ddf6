"""The learning library: findings by theme and year, recommendations that come back, national reviews.

Everybody who reads the plan reads the findings of what is published and was not taken down. Findings of a review that
is not published are for its readers alone: for all others there are none.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.plan.queries_xray import recommendation_rows
from trefoil.plan.xray.similar import Alike, alike
from trefoil.plan.xray.vocabulary import Limits

from .enums_local import Theme
from .models import STANDS, Finding, NationalRecommendation, NationalReview, Publication
from .queries_chronology import redactor_of
from .rules import identities_visible_to, of_partnership, reviews_visible_to


def findings_visible_to(standing: Standing) -> QuerySet[Finding]:
    """The findings that stand and that this person may read, newest review first."""
    if not standing.may(Permission.READ_PLAN):
        return Finding.objects.none()
    out = Publication.objects.filter(STANDS, review=OuterRef("review"), taken_down_on__isnull=True)
    read = reviews_visible_to(standing).filter(pk=OuterRef("review"))
    found = Finding.objects.filter(of_partnership(standing.partnership), STANDS)
    return found.filter(Q(Exists(out)) | Q(Exists(read))).select_related("review__partnership").order_by("theme", "-pk")


@dataclass(frozen=True)
class FindingLine:
    """A finding as this reader reads it. `source`: the published title, or the reference for the review's readers."""

    words: str
    year: int
    source: str
    reference: str
    is_published: bool


@dataclass(frozen=True)
class ThemeLine:
    """A theme with its findings, and in how many reviews of each year it was found."""

    theme: Theme
    findings: list[FindingLine]
    reviews: int
    by_year: Mapping[int, int]


def themes_of(standing: Standing) -> tuple[list[ThemeLine], list[int]]:
    """Every theme that was found, the one of most reviews first; and the years, oldest first."""
    found = list(findings_visible_to(standing).annotate(known_on=F("review__known_on")))
    reviews = {one.review_id: one.review for one in found}
    read = set(reviews_visible_to(standing).filter(pk__in=reviews).values_list("pk", flat=True))
    titles = dict(Publication.objects.filter(STANDS, review__in=reviews).values_list("review", "title"))
    named = set(identities_visible_to(standing).filter(review__in=reviews).values_list("review", flat=True))
    redactors = {key: redactor_of(review) for key, review in reviews.items() if key not in named}
    by_theme: dict[str, list[tuple[int, FindingLine]]] = defaultdict(list)
    for one in found:
        key, is_out = one.review_id, one.review_id in titles
        words = redactors[key].redacted(one.words) if key in redactors else one.words
        reference = one.review.reference if key in read else ""
        year = one.review.known_on.year
        line = FindingLine(words, year, titles.get(key, reference), reference, is_out)
        by_theme[one.theme].append((key, line))
    lines = [_theme(Theme(theme), rows) for theme, rows in by_theme.items()]
    years = sorted({one.review.known_on.year for one in found})
    return sorted(lines, key=lambda line: (-line.reviews, line.theme.label)), years


def _theme(theme: Theme, rows: list[tuple[int, FindingLine]]) -> ThemeLine:
    by_year: dict[int, set[int]] = defaultdict(set)
    for key, line in rows:
        by_year[line.year].add(key)
    findings = sorted((line for _key, line in rows), key=lambda line: -line.year)
    counts = {year: len(reviews) for year, reviews in by_year.items()}
    return ThemeLine(theme, findings, len({key for key, _line in rows}), counts)


def coming_back(standing: Standing) -> list[Alike]:
    """Recommendations of the plan that ask for what an earlier one asked for, as the plan's X-ray finds them."""
    return alike(recommendation_rows(standing), threshold=Limits().alike)


def national_reviews_visible_to(standing: Standing) -> QuerySet[NationalReview]:
    """The national reviews that the partnership answers, for everybody who reads the plan."""
    found = NationalReview.objects.filter(partnership=standing.partnership)
    return found.prefetch_related("recommendations") if standing.may(Permission.READ_PLAN) else found.none()


def national_recommendations_visible_to(standing: Standing) -> QuerySet[NationalRecommendation]:
    """Their recommendations."""
    reviews = national_reviews_visible_to(standing).values("pk")
    found = NationalRecommendation.objects.filter(national_review__in=reviews)
    return found.select_related("national_review__partnership", "answered_by", "recommendation")
