"""Fairmead's public site, filled and switched on by its business manager. The worker builds its pages."""

from datetime import datetime, timedelta

from trefoil.website.operations import begin_site, change_site, switch_site

from .borough import Borough, read_toml


def open_site(borough: Borough, *, now: datetime) -> None:
    """Begun when the first edition was there, without a host name: the demo shows it under a path of its own."""
    manager, began = borough.people["manager"], now - timedelta(days=50)
    site = begin_site(partnership=borough.partnership, by=manager, now=began)
    facts = read_toml("fairmead_website.toml")["site"]
    change_site(site=site, facts=facts, seen_version=site.version, by=manager, now=began + timedelta(hours=1))
    switch_site(site=site, on=True, seen_version=site.version, by=manager, now=began + timedelta(days=2))
