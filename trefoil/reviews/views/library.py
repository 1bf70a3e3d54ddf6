"""The learning library, and national reviews with what the partnership answers."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.plan.xray.similar import score_words

from ..enums_local import NationalAnswer
from ..forms_report import NationalAnswerForm, NationalRecommendationForm, NationalReviewForm
from ..models import NationalRecommendation
from ..operations.national import (
    add_national_recommendation,
    add_national_review,
    answer_national_recommendation,
)
from ..queries_library import (
    coming_back,
    national_recommendations_visible_to,
    national_reviews_visible_to,
    themes_of,
)
from .frame import METHODS, form_page, href, page, sent

SHOWN = 40


def _way(request: PageRequest) -> tuple[Crumb, ...]:
    return (Crumb("Learning library", href(request, "learning_library")),)


@within(Permission.READ_PLAN)
@require_safe
def learning_library(request: PageRequest) -> HttpResponse:
    """Themes across reviews and years, recommendations that come back, national reviews."""
    themes, years = themes_of(request.standing)
    nationals = national_reviews_visible_to(request.standing)
    back = coming_back(request.standing)
    return page(
        request,
        "library",
        title="Learning library",
        lead="What reviews found, by theme and year, and what is recommended again and again.",
        themes=[(one, [one.by_year.get(year, 0) for year in years]) for one in themes],
        years=years,
        back=[(one, score_words(one.score)) for one in back[:SHOWN]],
        more=max(len(back) - SHOWN, 0),
        nationals=[(one, _answered(one.recommendations.all())) for one in nationals],
        runs=request.standing.may(Permission.RUN_REVIEWS),
        reads_reviews=request.standing.may(Permission.READ_REVIEWS),
    )


def _answered(recommendations: Iterable[NationalRecommendation]) -> tuple[int, int]:
    rows = list(recommendations)
    return sum(bool(one.answer) for one in rows), len(rows)


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def national_new(request: PageRequest) -> HttpResponse:
    """Put a review of the national panel on record."""
    form = NationalReviewForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: add_national_review(
            partnership=request.standing.partnership,
            by=request.standing.person,
            now=timezone.now(),
            **form.cleaned_data,
        ),
        done="It is on record. Add its recommendations, and answer each.",
        to=href(request, "learning_library"),
        button="Put it on record",
        title="A national review",
        lead="One that the national panel published. What it recommends is answered here, one by one.",
        above=_way(request),
    )


@within(Permission.READ_PLAN)
@require_safe
def national_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """What it recommends, and what the partnership answers."""
    review = found_or_refused(national_reviews_visible_to(request.standing), request, pk=pk)
    made = national_recommendations_visible_to(request.standing).filter(national_review=review)
    return page(
        request,
        "national",
        title=review.title,
        lead=f"A review of the national panel, published on {review.published_on:%-d %B %Y}.",
        above=_way(request),
        review=review,
        recommendations=list(made),
        runs=request.standing.may(Permission.RUN_REVIEWS),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def national_recommend(request: PageRequest, *, pk: int) -> HttpResponse:
    """Add one of its recommendations."""
    review = found_or_refused(national_reviews_visible_to(request.standing), request, pk=pk)
    form = NationalRecommendationForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: add_national_recommendation(
            national_review=review,
            words=form.cleaned_data["words"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The recommendation is on record.",
        to=href(request, "national_detail", pk),
        button="Add it",
        title="A recommendation of a national review",
        lead=f"Of “{review.title}”.",
        above=(*_way(request), Crumb(review.title, href(request, "national_detail", pk))),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def national_answer(request: PageRequest, *, pk: int) -> HttpResponse:
    """What the partnership answers to one."""
    waiting = national_recommendations_visible_to(request.standing).filter(answered_at__isnull=True)
    one = found_or_refused(waiting, request, pk=pk)
    form, review = NationalAnswerForm(sent(request)), one.national_review
    return form_page(
        request,
        form=form,
        run=lambda: answer_national_recommendation(
            recommendation=one,
            answer=NationalAnswer(form.cleaned_data["answer"]),
            words=form.cleaned_data["words"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The answer is on record.",
        to=href(request, "national_detail", review.pk),
        button="Answer",
        title="What the partnership answers",
        lead="What applies here goes into the plan, with the national review as its source.",
        notes=[one.words],
        above=(*_way(request), Crumb(review.title, href(request, "national_detail", review.pk))),
    )
