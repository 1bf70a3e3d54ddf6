"""The record itself: who the child was, corrected, taken up, told apart, withdrawn, its last step undone."""

from datetime import date

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.reviews.forms import IdentityForm, ReasonForm

from ..enums import DeathState
from ..forms import ApartForm, NoticeForm, WithdrawForm, notice_of
from ..models import DeathIdentity
from ..operations.deaths import (
    correct_notice,
    take_up,
    tell_apart,
    withdraw_death,
    write_identity,
)
from ..operations.undoing import undo_last_step
from ..queries import likely_doubles
from ..rules import deaths_visible_to, deaths_without_lead, is_lead
from .frame import METHODS, form_page, found_identity, found_led, href, page, sent, way

UNKNOWN = "Not known"


def _facts(identity: DeathIdentity) -> list[tuple[str, str]]:
    born = date.fromisoformat(identity.born_on) if identity.born_on else None
    return [
        ("Child", identity.child_name),
        ("Date of birth", f"{born:%-d %B %Y}" if born else UNKNOWN),
        ("Address", identity.address or UNKNOWN),
        ("Family and household", identity.family or UNKNOWN),
        ("Ethnicity, faith, disability", identity.ethnicity or UNKNOWN),
        ("Numbers", identity.numbers or UNKNOWN),
    ]


@within(Permission.READ_DEATHS)
@require_safe
@logs_read("death:{reference}/identity")
def death_identity(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """Who the child was: for the readers who were given that. Every opening is on the trail."""
    identity = found_identity(request, reference)
    death = identity.death
    return page(
        request,
        "identity",
        title=f"Who the child of {reference} was",
        lead="That you opened this page is on record, and who runs the review sees it.",
        above=way(request, death, is_read=deaths_visible_to(request.standing).filter(pk=death.pk).exists()),
        death=death,
        facts=_facts(identity),
        leads=is_lead(request.standing, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
@logs_read("death:{reference}/identity")
def death_identity_change(request: PageRequest, *, reference: str) -> HttpResponse:
    """Correct who the child was."""
    death, held = found_led(request, reference), found_identity(request, reference)
    names = ("child_name", "address", "family", "ethnicity", "numbers")
    born = date.fromisoformat(held.born_on) if held.born_on else None
    form = IdentityForm(sent(request), initial={name: getattr(held, name) for name in names} | {"born_on": born})
    return form_page(
        request,
        form=form,
        run=lambda: write_identity(death=death, identity=form.identity, by=request.standing.person, now=timezone.now()),
        done="It is corrected and sealed.",
        to=href(request, "death_identity", reference),
        button="Seal it",
        title="Correct who the child was",
        lead="The trail keeps which lines were changed, and never what they say.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:correct")
@require_http_methods(METHODS)
def death_correct(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Correct what was notified."""
    death = found_led(request, reference)
    form = NoticeForm(sent(request), initial=notice_of(death), draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: correct_notice(death=death, notice=form.notice, by=request.standing.person, now=timezone.now()),
        done="It is corrected.",
        to=href(request, "death_detail", reference),
        button="Correct it",
        title="Correct what was notified",
        lead="If the day of the death changes, the time to the review meeting is reckoned anew.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_take_up(request: PageRequest, *, reference: str) -> HttpResponse:
    """Run the review of a death that nobody runs."""
    death = found_or_refused(deaths_without_lead(request.standing), request, reference=reference)
    form = forms.Form(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: take_up(death=death, by=request.standing.person, now=timezone.now()),
        done="You run this review now.",
        to=href(request, "death_detail", reference),
        button="Take it up",
        title=f"Take up {reference}",
        lead="You run its review from now on, see who the child was, and say who else reads it.",
        above=way(request),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_apart(request: PageRequest, *, reference: str, other: str) -> HttpResponse:
    """Two notifications that are alike are of two children."""
    death = found_led(request, reference)
    alike = {one.reference: (one, likeness) for one, likeness in likely_doubles(death)}
    if other not in alike:
        found_or_refused(deaths_visible_to(request.standing).none(), request, reference=other)
    double, likeness = alike[other]
    form = ApartForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: tell_apart(
            death=death,
            other=double,
            reason=form.cleaned_data["reason"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="It is on record that these are two children.",
        to=href(request, "death_detail", reference),
        button="They are two children",
        title=f"{reference} and {other} are two children",
        lead=f"What is alike: {likeness.label[:1].lower()}{likeness.label[1:]}.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_withdraw(request: PageRequest, *, reference: str) -> HttpResponse:
    """It was notified in error, or twice."""
    death = found_led(request, reference)
    others = {
        one.pk: one
        for one in deaths_visible_to(request.standing).exclude(pk=death.pk).exclude(state=DeathState.WITHDRAWN)
    }
    form = WithdrawForm(sent(request), others=[(key, f"Yes: {one.reference}") for key, one in others.items()])

    def run() -> None:
        withdraw_death(
            death=death,
            same_as=others.get(form.cleaned_data["same_as"]),
            reason=form.cleaned_data["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="It is withdrawn.",
        to=href(request, "death_detail", reference),
        button="Withdraw it",
        kind="warning",
        title="Withdraw this notification",
        lead="For a death notified in error, or twice. It stays to its readers, with the reason.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_undo(request: PageRequest, *, reference: str) -> HttpResponse:
    """Take back the last step."""
    death = found_led(request, reference)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: undo_last_step(
            death=death, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The last step is undone.",
        to=href(request, "death_detail", reference),
        button="Undo it",
        kind="warning",
        title="Undo the last step",
        lead=f"It stands at “{death.get_state_display()}”. What was decided stays to read, marked as undone.",
        above=way(request, death),
    )
