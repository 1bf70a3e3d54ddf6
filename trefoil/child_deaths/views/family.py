"""Support for the family; a death passed on to the home area; a practice review that was there before, linked."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms_review import LinkForm, PassOnForm, SupportForm
from ..hierarchy import HOME_LAW
from ..linking import reviews_of_the_child
from ..operations.family import note_family_support, pass_on
from ..operations.practice import link_practice_review
from ..queries import family_support_of
from .frame import METHODS, form_page, found_death, found_identity, found_led, href, sent, way


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:family")
@require_http_methods(METHODS)
def death_support(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Write who stays beside the family, and what they were offered."""
    death = found_led(request, reference)
    last = next(iter(family_support_of(death)), None)
    initial = {"key_worker": last.key_worker if last else "", "told_on": timezone.localdate()}
    form = SupportForm(sent(request), initial=initial, draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: note_family_support(
            death=death, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        done="It is on record.",
        to=href(request, "death_detail", reference),
        button="Put it on record",
        title="Support for the family",
        lead="Every family has one person to turn to, whether the death was expected or not.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:pass-on")
@require_http_methods(METHODS)
def death_pass_on(request: DraftRequest, *, reference: str) -> HttpResponse:
    """It is reviewed where the child normally lived."""
    death = found_led(request, reference)
    form = PassOnForm(sent(request), initial={"passed_on": timezone.localdate()}, draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: pass_on(death=death, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        done="It is passed on, and not reviewed here.",
        to=href(request, "death_detail", reference),
        button="Put it on record",
        title="Pass it on to the home area",
        lead=f"The child normally lived in: {death.home_area or 'not known'}. A joint agency response goes on here.",
        above=way(request, death),
        notes=[HOME_LAW],
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def death_practice_link(request: PageRequest, *, reference: str) -> HttpResponse:
    """Link a practice review that was there before."""
    death, identity = found_death(request, reference), found_identity(request, reference)
    found = {one.pk: one for one in reviews_of_the_child(request.standing, identity)}
    form = LinkForm(sent(request), reviews=[(key, one.reference) for key, one in found.items()])
    return form_page(
        request,
        form=form,
        run=lambda: link_practice_review(
            death=death, review=found[form.cleaned_data["review"]], by=request.standing.person, now=timezone.now()
        ),
        done="The two belong together.",
        to=href(request, "death_detail", reference),
        button="Link it",
        title="Link a practice review",
        lead="For a serious incident that was recorded before the death was notified. Nothing is copied.",
        above=way(request, death),
        notes=[] if found else ["You lead no review of a child with this name or date of birth."],
    )
