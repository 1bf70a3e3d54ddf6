"""From approval to the public: where an edition stands, scrutiny, boards, and its moves."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.forms.fields import give
from trefoil.plan.positions import statutory_partners
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..after_forms import BoardForm, PublishForm, ScrutinyForm, TakeDownForm, WhyForm
from ..due import rule_of
from ..enums import EditionState
from ..models import Edition
from ..operations.after import record_board, record_scrutiny
from ..operations.publication import begin_next_edition, publish_edition, put_back_edition, take_down_edition
from ..queries import standing_of_edition
from ..rules import can_move_edition, check_can_move, check_edition_can_move, editions_visible_to, may_take_back
from ..states import EDITION_MOVES
from ..steps import Steps, steps_of
from ..words import EDITION_TAGS, public_words
from .frame import asked, document_crumbs, draft_of, page


@within(Permission.READ_PUBLISHING)
@require_safe
def publishing_after(request: PageRequest, *, pk: int) -> HttpResponse:
    """What was done with an edition since it was frozen, what is open and what is late."""
    edition, standing = edition_of(request, pk), request.standing
    steps, today = steps_of(edition, now=timezone.now()), timezone.localdate()
    return page(
        request,
        "after",
        title=f"From approval to the public: {edition.offer.content['title']}",
        lead=_lead(steps),
        above=edition_crumbs(request, edition),
        edition=edition,
        steps=steps,
        tag=(EDITION_TAGS[steps.stands], steps.stands.label),
        late=steps.days_late(today),
        still_open=steps.open_before(today) if steps.stands == EditionState.NOT_PUBLISHED else (),
        recipients=[(one, one.late_words(steps.edition.published_on, steps.due_on)) for one in steps.recipients],
        rule=rule_of(edition.document),
        history=list(edition.moves.select_related("moved_by")),
        moves={name: can_move_edition(name, steps.edition, standing) for name in EDITION_MOVES},
        may_run=standing.may(Permission.RUN_PUBLISHING),
        may_take_back={
            "statements": {one.pk for one in steps.statements if may_take_back(standing, one)},
            "boards": {one.passage.pk for one in steps.boards if one.passage and may_take_back(standing, one.passage)},
        },
        may_scrutinise=standing.may(Permission.GIVE_SCRUTINY) or standing.may(Permission.RUN_PUBLISHING),
        may_board=standing.may(Permission.TAKE_POSITION) or standing.may(Permission.RUN_PUBLISHING),
    )


def _lead(steps: Steps) -> str:
    today = timezone.localdate()
    return public_words(steps.stands, steps.edition.published_on, steps.due_on, steps.days_late(today))


@within(Permission.GIVE_SCRUTINY, Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_edition:{pk}:scrutiny")
def publishing_scrutinise(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Record the scrutineer's statement."""
    edition = edition_of(request, pk)
    form = ScrutinyForm(sent(request), draft=request.draft)
    ask = Ask(
        title="What independent scrutiny says",
        lead="The statement stands beside the edition, with its day. A later one does not replace it.",
        button="Record the statement",
        done="The statement is recorded.",
        back=after_href(request, edition),
    )
    return asked(
        request,
        ask,
        form,
        lambda: record_scrutiny(edition=edition, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=after_crumbs(request, edition),
    )


@within(Permission.TAKE_POSITION, Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_edition:{pk}:board")
def publishing_board(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Record what a partner's own board said."""
    edition, standing = edition_of(request, pk), request.standing
    form = BoardForm(sent(request), draft=request.draft)
    partners = statutory_partners(standing.partnership, timezone.localdate())
    running = standing.may(Permission.RUN_PUBLISHING)
    give(form, agency=partners if running else partners.filter(pk=standing.person.agency_id or 0))
    ask = Ask(
        title="Before a partner’s own board",
        lead="Each partner answers to a board of its own. Say which one read the edition, and what it said.",
        button="Record it",
        done="What the board said is recorded.",
        back=after_href(request, edition),
    )
    return asked(
        request,
        ask,
        form,
        lambda: record_board(edition=edition, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=after_crumbs(request, edition),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_edition:{pk}:publish")
def publishing_publish(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Make an edition public."""
    edition = edition_of(request, pk)
    steps, today = steps_of(edition, now=timezone.now()), timezone.localdate()
    still_open = steps.open_before(today)
    form = PublishForm(sent(request), initial={"on": today}, draft=request.draft)
    if not still_open:
        form.fields["reason"].help_text = "Leave it empty: nothing is open."
    ask = Ask(
        title="Publish this edition",
        lead="Everybody can read it from now on, exactly as it was frozen.",
        button="Publish it",
        done="The edition is published.",
        back=after_href(request, edition),
        facts=[
            ("Edition", f"{edition.offer.content['title']}, edition {edition.number}"),
            ("To be published by", f"{steps.due_on:%-d %B %Y}" if steps.due_on else "No day is set"),
            ("Open before that", " ".join(still_open) or "Nothing"),
        ],
        why_not=why_not(lambda: check_edition_can_move("publish_edition", steps.edition)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: publish_edition(edition=edition, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=after_crumbs(request, edition),
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_edition:{pk}:take_down")
def publishing_take_down(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Take an edition from the public."""
    edition = edition_of(request, pk)
    form = TakeDownForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Take this edition down",
        lead="The public cannot read it from the moment you send this. Who is signed in still can, and reads your "
        "reason. At its address the public reads the day, and what you choose below. You can put it back.",
        button="Take it down",
        button_kind="warning",
        done="The edition is taken down.",
        back=after_href(request, edition),
        facts=[("Edition", f"{edition.offer.content['title']}, edition {edition.number}")],
        why_not=_why_not(edition, "take_down_edition"),
    )
    return _moved(request, edition, ask, form, take_down_edition)


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_edition:{pk}:put_back")
def publishing_put_back(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Make an edition public again."""
    edition = edition_of(request, pk)
    form = WhyForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Put this edition back",
        lead="Everybody can read it again. The day on which it first came out stays what it was.",
        button="Put it back",
        done="The edition is public again.",
        back=after_href(request, edition),
        facts=[("Edition", f"{edition.offer.content['title']}, edition {edition.number}")],
        why_not=_why_not(edition, "put_back_edition"),
    )
    return _moved(request, edition, ask, form, put_back_edition)


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("public_document:{pk}:next")
def publishing_next(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Take a frozen document up again."""
    document = draft_of(request, pk)
    form = WhyForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Begin the next edition",
        lead="The document is a draft again and can be changed. Editions that are out stay out as they are.",
        button="Begin it",
        done="The document is a draft again, for its next edition.",
        back=href(request, "publishing_document", pk),
        why_not=why_not(lambda: check_can_move("begin_next_edition", document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: begin_next_edition(
            document=document, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=document_crumbs(request, document),
    )


def _moved(
    request: PageRequest, edition: Edition, ask: Ask, form: WhyForm | TakeDownForm, operation: Any
) -> HttpResponse:
    return asked(
        request,
        ask,
        form,
        lambda: operation(edition=edition, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        above=after_crumbs(request, edition),
    )


def _why_not(edition: Edition, move: str) -> str:
    return why_not(lambda: check_edition_can_move(move, standing_of_edition(edition, timezone.now())))


def edition_of(request: PageRequest, pk: int) -> Edition:
    """An edition that the reader may open, or the refusal."""
    return found_or_refused(editions_visible_to(request.standing), request, pk=pk)


def after_href(request: PageRequest, edition: Edition) -> str:
    """The page on which an edition's way to the public stands."""
    return href(request, "publishing_after", edition.pk)


def edition_crumbs(request: PageRequest, edition: Edition) -> tuple[Crumb, ...]:
    """The step to an edition's page."""
    words = f"{edition.offer.content['title']}, edition {edition.number}"
    return (Crumb(words, href(request, "publishing_edition", edition.pk)),)


def after_crumbs(request: PageRequest, edition: Edition) -> tuple[Crumb, ...]:
    """The steps to the page of an edition's way to the public."""
    return (*edition_crumbs(request, edition), Crumb("From approval to the public", after_href(request, edition)))
