"""Private calendar addresses: make one, end one, and the feed itself, which is read without signing in."""

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PUBLIC, PageRequest, access_rule, found_or_refused, within
from trefoil.design.frame import Crumb

from ..calendar_feed import calendar_feed
from ..entries import Wanted, entries_for
from ..enums import FeedScope
from ..forms import CalendarAddressForm
from ..operations import make_calendar_address, revoke_calendar_address
from ..queries import addresses_visible_to, feed_days, feed_of
from .frame import here, page

TITLE = "Your calendar addresses"


@within(Permission.READ_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_addresses(request: PageRequest) -> HttpResponse:
    """The reader's addresses, and a form for a new one. A new one is shown in full this once."""
    standing, secret = request.standing, ""
    form = CalendarAddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _, secret = make_calendar_address(
                partnership=standing.partnership,
                label=form.cleaned_data["label"],
                scope=FeedScope(form.cleaned_data["scope"]),
                by=standing.person,
                now=timezone.now(),
            )
        except NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            form = CalendarAddressForm()
    held = list(addresses_visible_to(standing))
    return page(
        request,
        "addresses",
        title=TITLE,
        lead="Meetings and due dates in Outlook, or in the calendar of your phone.",
        form=form,
        held=held,
        made=request.build_absolute_uri(reverse("calendar_feed", args=[secret])) if secret else "",
    )


@within(Permission.READ_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_address_end(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say back which address is about to end, then end it."""
    standing = request.standing
    address = found_or_refused(addresses_visible_to(standing), request, pk=pk)
    if request.method == "POST":
        try:
            revoke_calendar_address(address=address, by=standing.person, now=timezone.now())
        except NotAllowedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"The address for “{address}” has ended. Remove the calendar from the program.")
        return redirect(here(request, "calendar_addresses"))
    return page(
        request,
        "address_end",
        title="End this address",
        lead=f"You are about to end the address for “{address}”.",
        above=(Crumb(TITLE, here(request, "calendar_addresses")),),
        address=address,
    )


@access_rule(PUBLIC)
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program reads. Whoever knows the secret reads it, so it is as private as they keep it.

    Not found: an unknown or ended address, and one whose owner holds no duty any more.
    """
    now = timezone.now()
    found = feed_of(secret, now=now)
    if found is None:
        raise Http404
    start, end = feed_days(now)
    wanted = Wanted(mine=found.address.scope == FeedScope.MINE, for_feed=True)
    entries = entries_for(found.standing, start, end, wanted)
    name = f"{found.standing.partnership.short_name} safeguarding"
    # The day's beginning stands in for "now", so that the same entries are the same file.
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    body = calendar_feed(entries, name=name, now=today)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": etag})
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="trefoil.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
