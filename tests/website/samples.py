"""A value for every part of the website's URLs; `tests/repository/url_samples.py` takes them in."""

from collections.abc import Callable
from typing import Any

from tests.website.made import a_shown_site, a_site


def _site(asking: Any) -> str:
    return a_site(asking.world, now=asking.now).partnership.slug


def _shown(asking: Any) -> str:
    return a_shown_site(asking.world, now=asking.now).partnership.slug


WEBSITE_SAMPLES: dict[tuple[str, str] | str, Callable[[Any], Any]] = {
    **{(f"website_{page}", "slug"): _site for page in ("page", "change", "switch")},
    **{(f"website_{page}", "slug"): _shown for page in ("shown", "shown_page")},
    ("website_shown_page", "path"): lambda _asking: "worried/",
    "site": lambda _asking: "fairmead",
    ("demo_site_page", "path"): lambda _asking: "worried/",
}
