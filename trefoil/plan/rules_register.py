"""Who may see and change risks, measures and what the X-ray found. Each check raises with its reason."""

from django.db.models import QuerySet

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.people.models import Agency, Partnership, Person

from .models import AcceptedFinding, Measure, Priority, Risk, RiskControl


def risks_visible_to(standing: Standing) -> QuerySet[Risk]:
    """The partnership's risks, closed ones included, for those whose duties let them read the register."""
    found = Risk.objects.filter(partnership=standing.partnership)
    found = found.select_related("agency", "person", "partnership", "closed_by")
    return found if standing.may(Permission.READ_RISKS) else found.none()


def controls_visible_to(standing: Standing) -> QuerySet[RiskControl]:
    """The controls of the risks that a reader may see, withdrawn ones included."""
    found = RiskControl.objects.filter(risk__partnership=standing.partnership)
    found = found.select_related("risk", "risk__partnership", "agency", "person")
    return found if standing.may(Permission.READ_RISKS) else found.none()


def measures_visible_to(standing: Standing) -> QuerySet[Measure]:
    """The partnership's measures, withdrawn ones included, for everybody who reads the plan."""
    found = Measure.objects.filter(partnership=standing.partnership)
    found = found.select_related("priority", "agency", "partnership")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def acceptances_visible_to(standing: Standing) -> QuerySet[AcceptedFinding]:
    """What was accepted and may be shown again, for everybody who reads the plan."""
    found = AcceptedFinding.objects.filter(partnership=standing.partnership, ended_at__isnull=True)
    found = found.select_related("accepted_by", "partnership")
    return found if standing.may(Permission.READ_PLAN) else found.none()


def check_open(risk: Risk) -> None:
    """Raises NotAllowedError for a risk that is closed."""
    if risk.is_closed:
        raise NotAllowedError("the risk is closed: open it again first")


def check_own_priorities(priorities: list[Priority], partnership: Partnership) -> None:
    """Raises NotAllowedError for a priority of another partnership."""
    if any(one.partnership_id != partnership.pk for one in priorities):
        raise NotAllowedError("that priority is not one of this partnership’s")


def check_owner(agency: Agency | None, person: Person | None, partnership: Partnership) -> None:
    """Raises NotAllowedError unless the agency, and whoever is named, belong to the partnership."""
    if agency is not None and not agency.memberships.filter(partnership=partnership).exists():
        raise NotAllowedError(f"{agency} is not an agency of this partnership")
    if person is not None and not person.duties.filter(partnership=partnership).exists():
        raise NotAllowedError(f"{person} holds no duty in this partnership")


def titled(title: str, what: str) -> str:
    """The title without spaces around it. Raises NotAllowedError when there is none."""
    if not title.strip():
        raise NotAllowedError(f"give the {what} a title")
    return title.strip()
