"""What a partnership settles about a limit: a length of its own, its end, and the sign-off of an unsure one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb

from ..enums import Unit
from ..forms import EndLimitForm, LocalLimitForm, ReasonForm
from ..operations import end_local_limit, set_local_limit, sign_off_rule
from ..reckoning.words import day_words
from ..rulebook.loader import EditionRule
from ..rules import local_limits_visible_to, sign_offs_visible_to, why_no_local_limit
from .frame import carried_out, form_page, href, limit_or_refused, limits_crumb, sent
from .limit_words import limit_words


def _asked(
    request: PageRequest, found: EditionRule, form: forms.Form, run: Callable[[], object], *, done: str, **words: Any
) -> HttpResponse:
    """The page of one form about a limit, or what it asks for done and the way back."""
    rule, back = found.rule, href(request, "limit_detail", found.rule.id)
    if request.method == "POST" and not words.get("why_not") and form.is_valid() and carried_out(form, run):
        messages.success(request, done)
        return redirect(back)
    facts = [
        ("Time limit", rule.name),
        ("National limit", limit_words(rule).capitalize()),
        ("Edition", found.edition.title),
    ]
    above = (limits_crumb(request), Crumb(rule.name, back))
    return form_page(
        request, form=form, above=above, back=back, back_words="Go back to the time limit", facts=facts, **words
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def limit_local(request: PageRequest, *, rule: str) -> HttpResponse:
    """Set the partnership's own length."""
    found = limit_or_refused(request, rule)
    initial = {
        "length": found.rule.length,
        "unit": found.rule.unit or Unit.WORKING_DAYS,
        "starts_on": timezone.localdate(),
    }
    form = LocalLimitForm(sent(request), rule=found.rule, initial=initial)

    def run() -> object:
        given = form.cleaned_data
        return set_local_limit(
            partnership=request.standing.partnership,
            rule_id=rule,
            length=given["length"],
            unit=Unit(given["unit"]),
            starts_on=given["starts_on"],
            reason=given["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return _asked(
        request,
        found,
        form,
        run,
        title="Set a local limit",
        lead="Your partnership’s own length. The national limit stays beside it wherever it is shown.",
        button="Set the local limit",
        done="The local limit is set.",
        why_not=why_no_local_limit(found.rule),
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def limit_local_end(request: PageRequest, *, rule: str) -> HttpResponse:
    """Go back to the national limit."""
    found = limit_or_refused(request, rule)
    held = found_or_refused(
        local_limits_visible_to(request.standing).filter(ends_on__isnull=True), request, rule_id=rule
    )
    form = EndLimitForm(sent(request), initial={"ends_on": timezone.localdate()})
    return _asked(
        request,
        found,
        form,
        lambda: end_local_limit(
            limit=held, ends_on=form.cleaned_data["ends_on"], by=request.standing.person, now=timezone.now()
        ),
        title="End the local limit",
        lead=f"The local limit of {held.words} holds since {day_words(held.starts_on)}.",
        button="End it",
        done="The local limit is ended.",
        kind="warning",
    )


@within(Permission.SIGN_OFF_RULE)
@require_http_methods(["GET", "HEAD", "POST"])
def limit_sign_off(request: PageRequest, *, rule: str) -> HttpResponse:
    """Confirm an unsure limit."""
    found, standing = limit_or_refused(request, rule), request.standing
    form = ReasonForm(sent(request), label="What did you look up, and where?")
    return _asked(
        request,
        found,
        form,
        lambda: sign_off_rule(
            partnership=standing.partnership,
            rule_id=rule,
            words=form.cleaned_data["reason"],
            by=standing.person,
            now=timezone.now(),
        ),
        title="Sign off this limit",
        lead=" ".join([found.rule.confidence_note or "", "Say what your partnership holds to."]).strip(),
        button="Sign it off",
        done="The limit is signed off.",
        why_not=_why_no_sign_off(request, found),
    )


def _why_no_sign_off(request: PageRequest, found: EditionRule) -> str:
    if not found.rule.confidence.needs_sign_off:
        return "This limit is not marked unsure, so there is nothing to sign off."
    held = sign_offs_visible_to(request.standing).filter(rule_id=found.rule.id, edition=found.edition.id)
    return "This limit is signed off already." if held.exists() else ""
