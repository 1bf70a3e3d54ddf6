"""Who looks after a policy, and a policy looked at again."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.forms.fields import give
from trefoil.plan.views.frame import Ask, href, sent

from ..after_forms import CareForm, NewCareForm, PolicyReviewForm
from ..models import PolicyCare, PublicDocument
from ..operations.care import review_policy, set_care
from ..patterns.reading import pattern_of
from ..queries import care_of
from ..rules import cares_visible_to, may_review, owners_of
from .frame import asked, document_crumbs, draft_of


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}:care")
def publishing_care(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say who owns a policy and when it is looked at again."""
    document = draft_of(request, pk)
    form = _care_form(request, care_of(document))
    give(form, owner=owners_of(document.partnership, timezone.localdate()))
    ask = Ask(
        title="Owner and day of review",
        lead="The owner is asked to look at it again when the day comes. You can change this at any time.",
        button="Save",
        done="Owner and day of review are saved.",
        back=href(request, "publishing_document", pk),
        why_not="" if pattern_of(document.kind).has_care else "Only a policy or procedure has an owner.",
    )
    return asked(
        request,
        ask,
        form,
        lambda: set_care(
            document=document,
            by=request.standing.person,
            now=timezone.now(),
            **{"seen_version": 0, **form.cleaned_data},
        ),
        above=document_crumbs(request, document),
    )


def _care_form(request: DraftRequest, held: PolicyCare | None) -> NewCareForm | CareForm:
    if held is None:
        return NewCareForm(sent(request), draft=request.draft)
    names = ("owner", "review_on", "core_title", "core_href")
    initial = {name: getattr(held, name) for name in names}
    return CareForm(sent(request), record=held, initial=initial, draft=request.draft)


@within(Permission.READ_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("policy_care:{pk}:review")
def publishing_reviewed(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say that a policy was looked at again. Its owner's page, and that of who runs publishing."""
    standing = request.standing
    care: PolicyCare = found_or_refused(cares_visible_to(standing), request, pk=pk)
    form = PolicyReviewForm(sent(request), draft=request.draft)
    mine = may_review(standing, care)
    ask = Ask(
        title="Look at it again",
        lead="Read the policy beside what is done now. If something has to change, the business manager begins the "
        "next edition.",
        button="It was looked at",
        done="It is written down that the policy was looked at.",
        back=_back(request, care.document),
        facts=[
            ("Policy or procedure", care.document.title),
            ("To be looked at by", f"{care.review_on:%-d %B %Y}"),
            ("Owner", care.owner.name),
        ],
        why_not="" if mine else f"Its owner, {care.owner}, or the business manager says that it was looked at.",
    )
    return asked(
        request,
        ask,
        form,
        lambda: review_policy(care=care, by=standing.person, now=timezone.now(), **form.cleaned_data),
    )


def _back(request: PageRequest, document: PublicDocument) -> str:
    """The document for who writes in it, its newest edition for everybody else."""
    if request.standing.may(Permission.WRITE_PUBLISHING):
        return href(request, "publishing_document", document.pk)
    newest = document.editions.order_by("-number").first()
    return href(request, "publishing_edition", newest.pk) if newest else href(request, "publishing_list")
