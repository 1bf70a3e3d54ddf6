"""Addresses of pages in other rooms, which an installation may leave out."""

from collections.abc import Hashable
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from trefoil.indicators.models import AgencyReturn


# "My work" asks for dozens at a time, and an address does not change while a process runs.
@lru_cache(maxsize=4096)
def page_href(url_name: str, *arguments: Hashable) -> str:
    """The address of a page, or nothing where no page has this name or takes these arguments."""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""


def return_href(agency_return: AgencyReturn) -> str:
    """The page of a return in its partnership."""
    return page_href("return_detail", agency_return.partnership.slug, agency_return.pk)
