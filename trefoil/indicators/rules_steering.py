"""Who may say what lies behind a figure: an agency of the sector that answers for the indicator."""

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.people.models import Agency

from .catalogue.schema import Definition


def sectors_that_answer(definition: Definition) -> frozenset[str]:
    """The sectors of the owner and of those who answer with it."""
    return frozenset(kind.value for kind in (definition.owner_agency, *definition.also_answering))


def agency_that_answers(standing: Standing, definition: Definition) -> Agency | None:
    """The person's own agency that may write on this indicator, or None. At most one query."""
    own = standing.agencies_for(Permission.WRITE_COMMENTARY)
    if not own:
        return None
    return Agency.objects.filter(pk__in=own, sector__in=sectors_that_answer(definition)).order_by("name").first()


def check_can_comment(standing: Standing, agency: Agency, definition: Definition | None) -> None:
    """Raises NotAllowedError with the reason unless the person may write on this indicator for this agency."""
    if not standing.may_for(Permission.WRITE_COMMENTARY, agency.pk):
        raise NotAllowedError(f"only the safeguarding lead of {agency} can write this")
    if definition is None:
        raise NotAllowedError("there is no such indicator")
    if agency.sector not in sectors_that_answer(definition):
        raise NotAllowedError(f"{agency} does not answer for “{definition.title}”")
