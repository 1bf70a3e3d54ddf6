"""An edition sent to those whom the law names: written down with proof, and acknowledged."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.views.frame import Ask, sent

from ..after.reading import after_approval
from ..after_forms import AcknowledgeForm, SendForm
from ..models import Sending
from ..operations.after import acknowledge_sending, record_sending
from ..rules import sendings_visible_to
from .after import after_crumbs, after_href, edition_of
from .frame import asked


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_edition:{pk}:send")
def publishing_send(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Write down that an edition was sent."""
    edition = edition_of(request, pk)
    document = edition.document
    asked_for = request.GET.get("to", "")
    form = SendForm(sent(request), initial={"recipient": asked_for}, draft=request.draft)
    form.offer(after_approval(document.kind, document.law).recipients)
    ask = Ask(
        title="Sent, with proof",
        lead="Trefoil sends nothing itself. Send it as you do, then write down when and how, and what shows it.",
        button="Write it down",
        done="The sending is written down.",
        back=after_href(request, edition),
        facts=[("Edition", f"{edition.offer.content['title']}, edition {edition.number}")],
    )
    return asked(
        request,
        ask,
        form,
        lambda: record_sending(edition=edition, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=after_crumbs(request, edition),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_sending:{pk}:acknowledge")
def publishing_acknowledge(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Write down that they had it."""
    sending = _sending(request, pk)
    form = AcknowledgeForm(sent(request), draft=request.draft)
    ask = Ask(
        title="They had it",
        lead="Keep their answer: it shows that the law’s demand was met.",
        button="Write it down",
        done="The receipt is written down.",
        back=after_href(request, sending.edition),
        facts=sending_facts(sending),
        why_not=""
        if _is_open(sending) and not sending.acknowledged_on
        else "It was acknowledged or taken back already.",
    )
    return asked(
        request,
        ask,
        form,
        lambda: acknowledge_sending(
            sending=sending, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=after_crumbs(request, sending.edition),
    )


def _sending(request: PageRequest, pk: int) -> Sending:
    return found_or_refused(sendings_visible_to(request.standing), request, pk=pk)


def _is_open(sending: Sending) -> bool:
    return sending.taken_back_at is None


def sending_facts(sending: Sending) -> list[tuple[str, object]]:
    """What a page that asks about a sending says of it."""
    how = sending.get_sent_by_display()
    return [("Sent to", sending.sent_to), ("Sent", f"{sending.sent_on:%-d %B %Y}, {how.lower()}, {sending.reference}")]
