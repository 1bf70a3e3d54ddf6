"""A document put to the partners, answered, drawn back and frozen."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.forms.fields import give
from trefoil.plan.positions import statutory_partners
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..after_forms import AgreedForm
from ..checking import check_words
from ..content import lines_of, written
from ..enums import PublicState
from ..forms import AnswerForm, DrawBackForm
from ..models import PublicDocument
from ..operations.approving import answer_offer, draw_back, freeze_agreed, freeze_edition, offer_to_partners
from ..queries import newest_offer, partner_lines
from ..rules import check_can_move
from ..words import things_words
from .frame import asked, document_crumbs, draft_of


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_offer(request: PageRequest, *, pk: int) -> HttpResponse:
    """Put a draft to the partners."""
    document = draft_of(request, pk)
    lines = lines_of(document, written(document, today=timezone.localdate()), eyes=request.standing)
    against = sum(one.holds_back for one in lines)
    stands_against = f"The check holds it back for {things_words(against)}. Mend them, or say why they stand."
    ask = Ask(
        title="Put it to the partners",
        lead="Words and figures are held as they are now, so that every partner approves the same text.",
        button="Put it to the partners",
        done="The document is with the partners.",
        back=_back(request, document),
        facts=[("Document", document.title), ("Check", check_words(lines, document.law))],
        why_not=why_not(lambda: check_can_move("offer_to_partners", document)) or (stands_against if against else ""),
    )
    return asked(
        request,
        ask,
        forms.Form(sent(request)),
        lambda: offer_to_partners(document=document, by=request.standing.person, now=timezone.now()),
        above=document_crumbs(request, document),
    )


@within(Permission.TAKE_POSITION, Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}:answer")
def publishing_answer(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Record a statutory partner's answer."""
    document, standing = draft_of(request, pk), request.standing
    form = AnswerForm(sent(request), draft=request.draft)
    partners = statutory_partners(standing.partnership, timezone.localdate())
    noting = standing.may(Permission.RUN_PUBLISHING)
    give(form, agency=partners if noting else partners.filter(pk=standing.person.agency_id or 0))
    waits = document.state == PublicState.WITH_PARTNERS
    ask = Ask(
        title="Answer for a partner",
        lead="Each statutory partner says for itself whether it approves the text that was put to it.",
        button="Record the answer",
        done="The answer is recorded.",
        back=_back(request, document),
        facts=_answers(document),
        why_not="" if waits else "The document is not with the partners now.",
    )
    return asked(
        request,
        ask,
        form,
        lambda: answer_offer(document=document, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=document_crumbs(request, document),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}:draw_back")
def publishing_draw_back(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Make a document a draft again."""
    document = draft_of(request, pk)
    form = DrawBackForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Draw it back to a draft",
        lead="It can be changed again. Answers given so far do not count: each partner is asked anew.",
        button="Draw it back",
        button_kind="warning",
        done="The document is a draft again.",
        back=_back(request, document),
        facts=_answers(document),
        why_not=why_not(lambda: check_can_move("draw_back", document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: draw_back(document=document, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=document_crumbs(request, document),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_freeze(request: PageRequest, *, pk: int) -> HttpResponse:
    """Freeze what every partner approved."""
    document = draft_of(request, pk)
    ask = Ask(
        title="Freeze this edition",
        lead="Words, figures and approvals are kept with a number and a hash. It cannot be undone.",
        button="Freeze it",
        done="The edition is frozen.",
        back=_back(request, document),
        facts=[("Document", document.title), *_answers(document)],
        why_not=why_not(lambda: check_can_move("freeze_edition", document)),
    )
    return asked(
        request,
        ask,
        forms.Form(sent(request)),
        lambda: freeze_edition(document=document, by=request.standing.person, now=timezone.now()),
        above=document_crumbs(request, document),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}:agreed")
def publishing_agreed(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Freeze a draft of a kind that no partner approves."""
    document = draft_of(request, pk)
    form = AgreedForm(sent(request), draft=request.draft)
    lines = lines_of(document, written(document, today=timezone.localdate()), eyes=request.standing)
    against = sum(one.holds_back for one in lines)
    stands_against = f"The check holds it back for {things_words(against)}. Mend them, or say why they stand."
    ask = Ask(
        title="Freeze this edition",
        lead="No partner has to approve a document of this kind. Words and figures are kept as they are now, with a "
        "number and a hash.",
        button="Freeze it",
        done="The edition is frozen.",
        back=_back(request, document),
        facts=[("Document", document.title), ("Check", check_words(lines, document.law))],
        why_not=why_not(lambda: check_can_move("freeze_agreed", document)) or (stands_against if against else ""),
    )
    return asked(
        request,
        ask,
        form,
        lambda: freeze_agreed(document=document, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=document_crumbs(request, document),
    )


def _back(request: PageRequest, document: PublicDocument) -> str:
    return href(request, "publishing_document", document.pk)


def _answers(document: PublicDocument) -> list[tuple[str, object]]:
    """Each statutory partner with what it said to the newest offer."""
    offer = newest_offer(document)
    if offer is None:
        return []
    lines = partner_lines(offer, timezone.localdate())
    return [(one.agency.name, one.answer.get_answer_display() if one.answer else "No answer yet") for one in lines]
