"""What others give to a section: agencies' parts asked for, handed in and withdrawn; comments written and settled."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.forms.fields import give
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..forms import CommentForm, ContributionAskForm, ContributionForm
from ..models import Comment, Contribution, Section
from ..operations.comments import comment_on_section, settle_comment
from ..operations.contributions import ask_for_contribution, give_contribution, withdraw_contribution
from ..rules import (
    agencies_asked_of,
    check_is_draft,
    check_not_frozen,
    comments_visible_to,
    contributions_visible_to,
    may_give,
    sections_visible_to,
)
from .frame import asked, document_crumbs

DONE_WITH = "It was handed in or withdrawn already."


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_section:{pk}:ask")
def publishing_ask(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Ask an agency for its part of a section."""
    section: Section = found_or_refused(sections_visible_to(request.standing), request, pk=pk)
    form = ContributionAskForm(sent(request), draft=request.draft)
    give(form, agency=agencies_asked_of(section.document.partnership))
    ask = Ask(
        title="Ask an agency for its part",
        lead="The agency’s leads are told at once. It waits on their Home until it is handed in.",
        button="Ask for it",
        done="The agency is asked, and its leads are told.",
        back=href(request, "publishing_section", pk),
        facts=[("Section", section.title)],
        why_not=why_not(lambda: check_is_draft(section.document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: ask_for_contribution(
            section=section, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=_above(request, section),
    )


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("contribution_of_agency:{pk}")
def publishing_contribution(request: DraftRequest, *, pk: int) -> HttpResponse:
    """What an agency was asked for, and the form to hand it in; once it is there, what it gave."""
    held: Contribution = found_or_refused(contributions_visible_to(request.standing), request, pk=pk)
    form = ContributionForm(sent(request), draft=request.draft)
    ask = Ask(
        title=f"{held.agency}: part of “{held.section}”",
        lead=f"Wanted by {held.due_on:%-d %B %Y}. What you hand in stands beneath the section, for its writers to use.",
        button="Hand it in",
        done="It is handed in, and whoever runs the document is told.",
        back=href(request, "publishing_section", held.section_id),
        facts=_facts(held),
        why_not=_why_not_give(request, held),
    )
    return asked(
        request,
        ask,
        form,
        lambda: give_contribution(
            contribution=held, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=_above(request, held.section),
    )


def _facts(held: Contribution) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("What is asked for", held.ask),
        ("Wanted by", f"{held.due_on:%-d %B %Y}"),
        ("Asked by", f"{held.asked_by}, {timezone.localdate(held.asked_at):%-d %B %Y}"),
    ]
    if held.given_at:
        day = timezone.localdate(held.given_at)
        facts += [("Handed in by", f"{held.given_by}, {day:%-d %B %Y}"), ("What was given", held.given)]
    return facts


def _why_not_give(request: PageRequest, held: Contribution) -> str:
    if held.given_at:
        return "It is handed in. It stays as it was given."
    if held.withdrawn_at:
        return "The agency is not asked any more."
    if not may_give(request.standing, held):
        return f"{held.agency}’s own people hand it in."
    return why_not(lambda: check_is_draft(held.section.document))


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_contribution_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Ask an agency no more."""
    held: Contribution = found_or_refused(contributions_visible_to(request.standing), request, pk=pk)
    ask = Ask(
        title=f"Ask {held.agency} no more",
        lead="It no longer waits on its leads’ Home. That it was asked stays on record.",
        button="Ask no more",
        button_kind="warning",
        done="The agency is not asked any more.",
        back=href(request, "publishing_section", held.section_id),
        facts=_facts(held),
        why_not="" if held.is_open else DONE_WITH,
    )
    return asked(
        request,
        ask,
        forms.Form(sent(request)),
        lambda: withdraw_contribution(contribution=held, by=request.standing.person, now=timezone.now()),
        above=_above(request, held.section),
    )


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_section:{pk}:comment")
def publishing_comment(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say something of a section."""
    section: Section = found_or_refused(sections_visible_to(request.standing), request, pk=pk)
    form = CommentForm(sent(request), draft=request.draft)
    ask = Ask(
        title=f"Comment on “{section.title}”",
        lead="A comment is no part of the document. It stays until somebody settles it.",
        button="Add the comment",
        done="The comment is added.",
        back=href(request, "publishing_section", pk),
        why_not=why_not(lambda: check_not_frozen(section.document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: comment_on_section(
            section=section, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=_above(request, section),
    )


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_comment_settle(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say that a comment is dealt with."""
    comment: Comment = found_or_refused(comments_visible_to(request.standing), request, pk=pk)
    section = comment.section
    ask = Ask(
        title="Settle a comment",
        lead="Say that it is dealt with. It stays to be read.",
        button="Settle it",
        done="The comment is settled.",
        back=href(request, "publishing_section", section.pk),
        facts=[("Comment", comment.words), ("By", str(comment.written_by))],
        why_not=_why_not_settle(comment),
    )
    return asked(
        request,
        ask,
        forms.Form(sent(request)),
        lambda: settle_comment(comment=comment, by=request.standing.person, now=timezone.now()),
        above=_above(request, section),
    )


def _why_not_settle(comment: Comment) -> str:
    if comment.settled_at:
        return "Somebody has settled it already."
    return why_not(lambda: check_not_frozen(comment.section.document))


def _above(request: PageRequest, section: Section) -> tuple[Crumb, ...]:
    steps = document_crumbs(request, section.document)
    return (*steps, Crumb(section.title, href(request, "publishing_section", section.pk)))
