"""Six figures for the first page, one from each stage of a child's way, with others ready where one has no figure."""

from dataclasses import replace

from trefoil.people.models import Partnership

from ..catalogue.loader import catalogue
from .findings import NO_REMARKS, Finding
from .gathering import gather
from .kept import kept

NUMBER = 6
# In order of choice: referral, repeat referral, assessment, plan, care, leaving care; then those that stand in.
CANDIDATES = ("FD13", "FD14", "AS02", "CP02", "CL02", "CV02", "SA15", "CP08", "CL05", "SA09", "CN02", "FD01")


def headline_findings(partnership: Partnership) -> tuple[Finding, ...]:
    """At most six findings that have a figure, in order of choice; none for a partnership without figures."""
    definitions = [catalogue()[indicator] for indicator in CANDIDATES if indicator in catalogue()]
    found = [finding for finding in gather(partnership, definitions).findings if not finding.is_empty]
    return tuple(_figures_alone(finding) for finding in found[:NUMBER])


@kept(256)
def _figures_alone(finding: Finding) -> Finding:
    """The first page shows neither commentary nor faults, so it does not ask for them."""
    return replace(finding, remarks=NO_REMARKS)
