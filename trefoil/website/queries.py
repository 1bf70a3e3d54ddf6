"""Reading a site: its record, and everything of the partnership that its pages may say."""

from datetime import date

from trefoil.design.palette import PARTNERSHIP_COLOURS
from trefoil.people.enums import AgencyKind
from trefoil.people.models import Group, Membership, Partnership, in_force

from .facts import Listed, SiteFacts
from .models import Site

# Read from the record as they are.
AS_WRITTEN = (
    "host",
    "lead",
    "email",
    "phone",
    "post_address",
    "privacy_email",
    "front_door_name",
    "front_door_phone",
    "front_door_hours",
    "out_of_hours_phone",
    "front_door_page",
    "procedures_name",
    "procedures_page",
    "training",
)


def site_of(partnership: Partnership) -> Site | None:
    """The partnership's site, on or off, if one was begun."""
    return Site.objects.select_related("partnership__area", "changed_by").filter(partnership=partnership).first()


def site_of_area(area: str) -> Site | None:
    """The site of an area's partnership, by the area's name."""
    found = Site.objects.select_related("partnership__area")
    return found.filter(partnership__area__name__iexact=area.strip()).first()


def sites() -> list[Site]:
    """Every site of the installation."""
    return list(Site.objects.select_related("partnership__area"))


def facts_of(site: Site, *, today: date) -> SiteFacts:
    """What the site says beside editions. Agencies and groups are named only where the partnership chose to."""
    partnership = site.partnership
    listed = _agencies(partnership, today) if site.lists_agencies else {}
    return SiteFacts(
        slug=partnership.slug,
        name=partnership.name,
        short_name=partnership.short_name,
        area=partnership.area.name,
        colour=PARTNERSHIP_COLOURS[partnership.colour],
        is_invented=partnership.is_invented,
        partners=tuple(listed.get(AgencyKind.SAFEGUARDING_PARTNER, ())),
        agencies=tuple(listed.get(AgencyKind.RELEVANT_AGENCY, ())),
        groups=_groups(partnership) if site.lists_groups else (),
        **{name: getattr(site, name) for name in AS_WRITTEN},
    )


def _agencies(partnership: Partnership, today: date) -> dict[str, list[Listed]]:
    """Kind -> the agencies of today, by name."""
    found: dict[str, list[Listed]] = {}
    members = Membership.objects.filter(in_force(today), partnership=partnership).select_related("agency")
    for one in members.order_by("agency__name"):
        found.setdefault(one.kind, []).append(Listed(one.agency.name, one.why_chosen))
    return found


def _groups(partnership: Partnership) -> tuple[Listed, ...]:
    return tuple(Listed(one.name, one.purpose) for one in Group.objects.filter(partnership=partnership))
