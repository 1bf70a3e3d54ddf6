"""Who may run a site, and what it may say. Each check raises with its reason."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http.request import validate_host

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.people.models import Partnership

from .models import LONGEST_HOST, Site

HOST = re.compile(r"(?!-)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
PHONE = re.compile(r"[0-9 ]{3,20}")
# Numbers that Ofcom keeps free for drama, so that nobody's telephone rings. Source: Ofcom, telephone numbers for use in
# TV and radio drama programmes.
FICTION = re.compile(
    r"0(?:1632960\d{3}|(?:11[3-8]|121|131|141|151|161)4960\d{3}|1914980\d{3}|2079460\d{3}|2896496\d{3}|2920180\d{3}"
    r"|7700900\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3})"
)


def sites_visible_to(standing: Standing) -> QuerySet[Site]:
    """The partnership's site, for who runs publishing."""
    found = Site.objects.filter(partnership=standing.partnership).select_related("partnership__area", "changed_by")
    return found if standing.may(Permission.RUN_PUBLISHING) else found.none()


def check_may_run(standing: Standing) -> None:
    """Raises NotAllowedError unless the person runs publishing."""
    if not standing.may(Permission.RUN_PUBLISHING):
        raise NotAllowedError("your duties do not include running the public site")


def checked_host(text: str, site: Site) -> str:
    """The host name as it is kept. Raises NotAllowedError for one that cannot be a public site's."""
    host = text.strip().lower().rstrip(".")
    if not host:
        return ""
    if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
        raise NotAllowedError("write the name alone, such as safeguarding.example.org, without https:// or a slash")
    if validate_host(host, settings.ALLOWED_HOSTS):
        raise NotAllowedError("people sign in under that name. The public site needs a name of its own")
    if Site.objects.filter(host=host).exclude(pk=site.pk).exists():
        raise NotAllowedError("another partnership’s site has that name")
    return host


def checked_phone(text: str, partnership: Partnership) -> str:
    """A telephone number as it is kept. Raises NotAllowedError for what is none, and for one of the wrong world.

    A real area never shows an invented number, and an invented one never a number that rings at somebody's.
    """
    number = " ".join(text.split())
    if not number:
        return ""
    if not PHONE.fullmatch(number):
        raise NotAllowedError("write a telephone number with digits and spaces alone")
    is_fiction = FICTION.fullmatch(number.replace(" ", "")) is not None
    if is_fiction and not partnership.is_invented:
        raise NotAllowedError(f"{number} is kept free for drama and rings nowhere. Write the real number")
    if partnership.is_invented and not is_fiction:
        raise NotAllowedError(f"{number} may ring at somebody’s. An invented area takes a number such as 01632 960 123")
    return number


def checked_page(text: str) -> str:
    """The address of a page elsewhere. Raises NotAllowedError for anything a browser would not open safely."""
    address = text.strip()
    if address and (urlsplit(address).scheme != "https" or not urlsplit(address).hostname):
        raise NotAllowedError("begin the address of a page with https://")
    return address


def check_can_go_on(site: Site) -> None:
    """Raises NotAllowedError while something is missing without which the site must not be seen."""
    if site.partnership.published_only:
        raise NotAllowedError("nobody speaks for this partnership here, so it cannot have a public site")
    if not site.host and not site.partnership.is_invented:
        raise NotAllowedError("the site has no name under which it is found")
    if not (site.front_door_phone or site.front_door_page):
        raise NotAllowedError("say first where somebody turns who is worried about a child: a number or a page")
    if not site.email:
        raise NotAllowedError("give an e-mail address first: the accessibility statement must name one")
