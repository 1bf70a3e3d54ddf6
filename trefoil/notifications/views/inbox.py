"""The reader's messages: the list, opening one, marking them as read, and how to be told by e-mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..enums import MailChoice
from ..forms import MailChoiceForm
from ..operations import mark_read, set_mail_choice, try_letters_again
from ..queries import letters_visible_to, mail_choice_of, messages_visible_to
from .frame import here, messages_crumb, page

PER_PAGE = 30


@within(Permission.READ_FIGURES)
@require_safe
def message_list(request: PageRequest) -> HttpResponse:
    """What the reader was told, newest first; unread messages are marked."""
    standing = request.standing
    shown = Paginator(messages_visible_to(standing), PER_PAGE).get_page(request.GET.get("page"))
    unread = standing.counts.get("unread", 0)
    number = shown.paginator.count
    lead = f"{unread} not read yet." if unread else "You have read them all."
    return page(
        request,
        "inbox",
        title="Messages",
        lead=lead if number else "Nothing yet.",
        shown=shown,
        unread=unread,
        sees_letters=standing.may(Permission.MANAGE_PEOPLE),
    )


@within(Permission.READ_FIGURES)
@require_safe
def message_open(request: PageRequest, *, pk: int) -> HttpResponse:
    """Mark a message as read and go on to the page that it is about."""
    message = found_or_refused(messages_visible_to(request.standing), request, pk=pk)
    if message.read_at is None and request.method == "GET":
        mark_read(
            partnership=request.standing.partnership, by=request.standing.person, now=timezone.now(), message=message
        )
    return redirect(message.path)


@within(Permission.READ_FIGURES)
@require_POST
def messages_read(request: PageRequest) -> HttpResponse:
    """Mark every message as read."""
    standing = request.standing
    number = mark_read(partnership=standing.partnership, by=standing.person, now=timezone.now())
    messages.success(request, f"{number} {'message is' if number == 1 else 'messages are'} marked as read.")
    return redirect("message_list", standing.partnership.slug)


@within(Permission.READ_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: PageRequest) -> HttpResponse:
    """How the reader wants to be told by e-mail, in all their partnerships."""
    standing = request.standing
    sent = request.POST if request.method == "POST" else None
    form = MailChoiceForm(sent, initial={"choice": mail_choice_of(standing.person)})
    if form.is_valid():
        choice = MailChoice(form.cleaned_data["choice"])
        set_mail_choice(choice=choice, partnership=standing.partnership, by=standing.person, now=timezone.now())
        messages.success(request, f"From now on: {choice.label[:1].lower()}{choice.label[1:]}.")
        return redirect("message_list", standing.partnership.slug)
    return page(
        request,
        "mail_choice",
        title="E-mail about messages",
        lead=f"Letters go to {standing.person.email}. This holds for every partnership you work with.",
        above=messages_crumb(request),
        form=form,
    )


@within(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def letters_unsent(request: PageRequest) -> HttpResponse:
    """E-mails to people of this partnership that could not be sent, and a button to try them again."""
    standing = request.standing
    if request.method == "POST":
        try:
            number = try_letters_again(partnership=standing.partnership, by=standing.person, now=timezone.now())
        except NotAllowedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{number} will be tried again within a minute or so.")
        return redirect(here(request, "letters_unsent"))
    failed = Paginator(letters_visible_to(standing), PER_PAGE).get_page(request.GET.get("page"))
    number = failed.paginator.count
    lead = f"{number} {'e-mail' if number == 1 else 'e-mails'} could not be sent." if number else "Every e-mail went."
    return page(
        request, "unsent", title="E-mails that did not go", lead=lead, above=messages_crumb(request), shown=failed
    )
