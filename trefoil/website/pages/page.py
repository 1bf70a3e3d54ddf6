"""One page of a site, before and after it is written.

Addresses in a page are relative, so that the same bytes stand at a host of their own, under a path, or in a folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

OK, NOT_FOUND, GONE = 200, 404, 410
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# In a page itself a browser takes no notice of frame-ancestors, and says so.
POLICY_IN_PAGE = POLICY.rpartition("; ")[0]


@dataclass(frozen=True)
class Crumb:
    """A step above a page: its words and its path."""

    label: str
    path: str


@dataclass(frozen=True)
class Page:
    """A page at `path`, which ends with a slash or is empty for home. `status` is what a server answers it with."""

    path: str
    template: str
    title: str
    lead: str = ""
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    status: int = OK
    room: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Where it lies in the folder of the site."""
        if self.status == NOT_FOUND:
            return "404.html"
        return f"{self.path}gone.html" if self.status == GONE else f"{self.path}index.html"

    @property
    def up(self) -> str:
        """The way from here to the beginning of the site."""
        return "../" * self.path.count("/")


def written(page: Page, around: Mapping[str, Any], *, root: str) -> bytes:
    """The page as HTML in UTF-8. `around` is the same for every page; `root` is for the page that has no address."""
    up = root if page.status == NOT_FOUND else page.up
    shown = {**around, **page.context, "page": page, "up": up, "policy": POLICY_IN_PAGE}
    text: str = render_to_string(f"website/public/{page.template}.html", shown)
    return "\n".join(line for line in text.splitlines() if line.strip()).encode()
