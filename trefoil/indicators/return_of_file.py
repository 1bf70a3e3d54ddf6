"""Which return a file at the command line is for. Says plainly what is missing when it cannot tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from trefoil.people.enums import Sector
from trefoil.people.models import Agency, Partnership

from .intake.suggestions import nearest
from .models import AgencyReturn
from .national.figures import AreaKind
from .national.reader import read_areas
from .periods import Period
from .rows import FigureRow


class CannotTellError(ValueError):
    """The file, or what was said beside it, does not say which return is meant. The message says what to add."""


@dataclass(frozen=True)
class Wanted:
    """What was said beside the file: empty where nothing was."""

    area: str
    agency: str = ""
    title: str = ""
    period: Period | None = None


# The demo's: an agency may try its pipeline on a return of it, on a machine where no demo was ever set up.
INVENTED_BOROUGH = "Fairmead"


@cache
def authority_names() -> frozenset[str]:
    """The local authorities of England, from the data that comes with the program, and the demo's invented borough."""
    real = {area.name for area in read_areas() if area.kind is AreaKind.LOCAL_AUTHORITY}
    return frozenset(real | {INVENTED_BOROUGH})


def authority_named(name: str) -> str:
    """The authority's own way of writing its name. No database. Raises CannotTellError with the nearest name."""
    found = {known.casefold(): known for known in authority_names()}.get(name.strip().casefold())
    if found is None:
        near = nearest(name, authority_names())
        hint = f"; did you mean {near}?" if near else ""
        raise CannotTellError(f"no English local authority is called “{name}”{hint}")
    return found


def partnership_of(area: str) -> Partnership:
    """The partnership of an area, by the area's name. Raises CannotTellError."""
    found = Partnership.objects.filter(area__name__iexact=area.strip()).select_related("area").first()
    if found is None:
        known = ", ".join(Partnership.objects.order_by("area__name").values_list("area__name", flat=True)) or "none"
        raise CannotTellError(f"no partnership of “{area}” is set up here; there are: {known}")
    return found


def agency_of(partnership: Partnership, wanted: Wanted) -> Agency:
    """The agency that was named, else the one children's services of the partnership. Raises CannotTellError."""
    members = Agency.objects.filter(memberships__partnership=partnership).distinct()
    named = members.filter(name__iexact=wanted.agency) if wanted.agency else members
    found = list(named if wanted.agency else named.filter(sector=Sector.CHILDREN_SOCIAL_CARE))
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"“{agency}”" for agency in members.order_by("name"))
    raise CannotTellError(f"say whose figures these are with --agency; in this partnership: {known or 'nobody yet'}")


def period_of(wanted: Wanted, rows: Iterable[FigureRow]) -> Period:
    """The period that was named, else the latest month of the rows. Raises CannotTellError."""
    if wanted.period is not None:
        return wanted.period
    months = [row.period for row in rows if row.period.kind == "month"]
    if not months:
        raise CannotTellError("say which period the file is for with --period")
    return max(months)


def open_return_for(partnership: Partnership, wanted: Wanted, rows: Iterable[FigureRow]) -> AgencyReturn:
    """The one return that the rows belong to: those of the agency, title and period named, that hold every row's end.

    Raises CannotTellError with the returns that might be meant.
    """
    found = AgencyReturn.objects.filter(partnership=partnership).select_related("agency", "partnership__area")
    if wanted.agency:
        found = found.filter(agency__name__iexact=wanted.agency)
    if wanted.title:
        found = found.filter(title__iexact=wanted.title)
    if wanted.period is not None:
        found = found.filter(period_start=wanted.period.start, period_end=wanted.period.end)
    ends = [row.period.end for row in rows]
    if ends:
        found = found.filter(period_start__lte=min(ends), period_end__gte=max(ends))
    asked = {row.indicator for row in rows}
    fitting = [one for one in found if not one.indicators or asked <= set(one.indicators)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise CannotTellError("no return that fits is open; open one on the page of returns, then load the file")
    names = "; ".join(f"{one.agency}: {one}" for one in fitting[:6])
    raise CannotTellError(f"several returns fit ({names}); choose with --agency, --period or --title")
