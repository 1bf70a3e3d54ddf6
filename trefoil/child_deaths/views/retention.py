"""How long records of deaths are kept: what was decided, what is past its time, and deletion."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..enums import DeathState
from ..forms_review import DeleteForm, RetentionForm
from ..models import Death
from ..operations.retention import delete_words, set_death_retention
from ..queries import kept_until_of, retention_of
from ..rules import deaths_led_by, deaths_without_lead
from .frame import METHODS, carried_out, form_page, found_led, href, page, sent, way


def past_their_time(deaths: Iterable[Death]) -> list[Death]:
    """Those that are withdrawn, or closed for longer than they are kept. Two queries."""
    rows, today = list(deaths), timezone.localdate()
    until = kept_until_of(rows)
    return [one for one in rows if one.state == DeathState.WITHDRAWN or until.get(one.pk, today) < today]


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_retention(request: PageRequest) -> HttpResponse:
    """How long the words of a review are kept; and the records whose time has passed."""
    partnership = request.standing.partnership
    kept = retention_of(partnership)
    form = RetentionForm(sent(request), initial={"years": kept.years if kept else None})

    def run() -> None:
        set_death_retention(
            partnership=partnership,
            years=form.cleaned_data["years"],
            why=form.cleaned_data["why"],
            by=request.standing.person,
            now=timezone.now(),
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        form, kept = RetentionForm(initial={"years": form.cleaned_data["years"]}), retention_of(partnership)
    ended = (DeathState.CLOSED, DeathState.PASSED_ON, DeathState.WITHDRAWN)
    mine = deaths_led_by(request.standing).filter(state__in=ended).order_by("reference")
    nobodys = deaths_without_lead(request.standing).filter(state__in=ended).select_related("partnership")
    return page(
        request,
        "retention",
        title="How long records of deaths are kept",
        lead="Nothing is deleted by itself. Once its time has passed, whoever runs a review deletes its names "
        "and all that was written.",
        above=way(request),
        form=form,
        kept=kept,
        mine=past_their_time(mine),
        nobodys=past_their_time(nobodys.order_by("reference")),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_delete(request: PageRequest, *, reference: str) -> HttpResponse:
    """Delete who the child was and all that was written."""
    death = found_led(request, reference)
    form = DeleteForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: delete_words(
            death=death, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="It is deleted. What the yearly figures count stays.",
        to=href(request, "death_retention"),
        button="Delete it for good",
        kind="warning",
        title=f"Delete {reference}",
        lead="Who the child was, what agencies answered, papers, analysis and learning go, and cannot be brought back. "
        "Days, groups, categories and scores stay for the yearly figures.",
        above=way(request, death),
        notes=["If an inquiry, an inquest or a court may still ask for it, do not delete it."],
    )
