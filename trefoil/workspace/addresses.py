"""Addresses of pages in other rooms, which an installation may leave out."""

from django.urls import NoReverseMatch, reverse

from trefoil.indicators.models import AgencyReturn


def page_href(url_name: str, *arguments: object) -> str:
    """The address of a page, or nothing where no page has this name or takes these arguments."""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""


def return_href(agency_return: AgencyReturn) -> str:
    """The page of a return in its partnership."""
    return page_href("return_detail", agency_return.partnership.slug, agency_return.pk)
