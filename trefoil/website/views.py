"""The signed-in side of a site: what it says, whether it is on, and how it would look. And the demo's way to a site."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import DEMO_ONLY, PageRequest, access_rule, within
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.editing.views import both_versions

from .folder import store
from .forms import SiteForm
from .keeping import keep_site
from .models import Site
from .operations import begin_site, change_site, switch_site
from .overview import overview_of
from .rules import check_can_go_on, sites_visible_to
from .serving import answer


@within(Permission.RUN_PUBLISHING)
@require_safe
def website_page(request: PageRequest) -> HttpResponse:
    """The site as it stands: on or off, under which name, what is on it, what is missing."""
    standing = request.standing
    site = _site_of(request)
    overview = overview_of(site, standing.partnership)
    return _page(request, "website", title="Public website", lead=overview.lead, site=site, overview=overview)


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def website_begin(request: PageRequest) -> HttpResponse:
    """Begin a site. It is off until somebody switches it on."""
    standing = request.standing

    def begin() -> str:
        begin_site(partnership=standing.partnership, by=standing.person, now=timezone.now())
        return "The website is begun. It is off: nobody outside sees it."

    return _asked(
        request,
        DraftedForm(_sent(request)),
        begin,
        title="Begin the public website",
        lead="You say next what stands on it. It stays off until you switch it on.",
        button="Begin it",
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("website")
def website_change(request: DraftRequest) -> HttpResponse:
    """Change what the site says."""
    site = _site_of(request)
    if site is None:
        return _to_page(request)
    names = [name for name, field in SiteForm.base_fields.items() if not field.widget.is_hidden]
    initial = {name: getattr(site, name) for name in names}
    form = SiteForm(_sent(request), record=site, initial=initial, draft=request.draft)

    def change() -> str:
        facts, now = dict(form.cleaned_data), timezone.now()
        seen = facts.pop("seen_version")
        change_site(site=site, facts=facts, seen_version=seen, by=request.standing.person, now=now)
        keep_site(site, by=request.standing.person, now=now)
        return "Saved. What is on the public website is built anew." if site.is_on else "Saved."

    return _asked(
        request,
        form,
        change,
        title="What the website says",
        lead="Anybody may read it. Name no child, and no person who does not want to be named.",
        button="Save",
    )


@within(Permission.RUN_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def website_switch(request: PageRequest) -> HttpResponse:
    """Switch the site on or off."""
    site = _site_of(request)
    if site is None:
        return _to_page(request)
    on = not site.is_on
    form = EditedForm(_sent(request), record=site)

    def switch() -> str:
        seen, now = form.cleaned_data["seen_version"], timezone.now()
        switch_site(site=site, on=on, seen_version=seen, by=request.standing.person, now=now)
        keep_site(site, by=request.standing.person, now=now)
        return f"The public website is {'on' if on else 'off'}."

    return _asked(
        request,
        form,
        switch,
        title="Switch the website on" if on else "Switch the website off",
        lead="Anybody can then read what is on it."
        if on
        else "Its pages are deleted. They come back when it is switched on.",
        button="Switch it on" if on else "Switch it off",
        button_kind="" if on else "warning",
        why_not=_why_not(site) if on else "",
    )


@within(Permission.RUN_PUBLISHING)
@require_safe
def website_shown(request: PageRequest, *, path: str = "") -> HttpResponse:
    """The site as it is built, for who runs it."""
    site = _site_of(request)
    if site is None or not site.is_on:
        return _to_page(request)
    return answer(request, store() / request.standing.partnership.slug, path)


@access_rule(DEMO_ONLY)
@require_safe
def demo_site(request: HttpRequest, *, site: str, path: str = "") -> HttpResponse:
    """A site under a path, for a machine that has no host name for it."""
    return answer(request, store() / site, path)


def _site_of(request: PageRequest) -> Site | None:
    return sites_visible_to(request.standing).first()


def _to_page(request: PageRequest) -> HttpResponse:
    """Where there is nothing to change or to look at yet: the page that says so."""
    return redirect(reverse("website_page", args=[request.standing.partnership.slug]))


def _sent(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _why_not(site: Site) -> str:
    try:
        check_can_go_on(site)
    except NotAllowedError as error:
        return _sentence(str(error))
    return ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _page(request: PageRequest, template: str, *, title: str, lead: str, **context: object) -> HttpResponse:
    """A page of `website/<template>.html`."""
    partnership = request.standing.partnership
    crumbs = [Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug]))]
    if template != "website":
        crumbs.append(Crumb("Public website", reverse("website_page", args=[partnership.slug])))
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": partnership.slug, **context}
    return render(request, f"website/{template}.html", shown)


def _asked(
    request: PageRequest,
    form: forms.Form,
    carry_out: Callable[[], str],
    *,
    title: str,
    lead: str,
    button: str,
    button_kind: str = "",
    why_not: str = "",
) -> HttpResponse:
    """The page that asks, or what it asked for: done, said, and led on."""
    back = reverse("website_page", args=[request.standing.partnership.slug])
    if request.method == "POST" and not why_not and form.is_valid():
        try:
            messages.success(request, carry_out())
            return redirect(back)
        except ChangedMeanwhileError as error:
            return both_versions(request, cast("EditedForm", form), saved=error.held)
        except NotAllowedError as error:
            form.add_error(None, _sentence(str(error)))
    ask = {"button": button, "button_kind": button_kind, "why_not": why_not, "back": back}
    return _page(request, "ask", title=title, lead="" if why_not else lead, ask=ask, form=form, slots=list(form))
