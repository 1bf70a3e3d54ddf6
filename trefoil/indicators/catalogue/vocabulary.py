"""The closed lists a definition chooses from. Pure: no database."""

from enum import Enum, StrEnum

from trefoil.indicators.calculation.accumulate import Timing
from trefoil.indicators.calculation.polarity import Polarity

__all__ = [
    "AgencyKind",
    "Comparator",
    "Confidence",
    "Frequency",
    "Polarity",
    "PublishedDataset",
    "Theme",
    "Timing",
    "Unit",
]


class Theme(Enum):
    """A page of "How are we doing". The value is the slug; members stand in the order of the pages."""

    FRONT_DOOR = "front-door"
    EARLY_HELP = "early-help"
    ASSESSMENT = "assessment"
    CHILD_PROTECTION = "child-protection"
    CHILDREN_IN_NEED = "children-in-need"
    CHILDREN_IN_CARE = "children-in-care"
    CARE_LEAVERS = "care-leavers"
    MISSING_EXPLOITATION = "missing-exploitation"
    YOUTH_JUSTICE = "youth-justice"
    POLICE = "police"
    HEALTH = "health"
    EDUCATION = "education"
    WORKFORCE = "workforce"
    AUDIT_GRADES = "audit-grades"
    VOICE = "voice"
    HOUSING_PROBATION = "housing-probation"
    ALLEGATIONS_DEATHS_INCIDENTS = "allegations-deaths-incidents"
    PARTNERSHIP = "partnership"

    @property
    def slug(self) -> str:
        """For addresses and folder names."""
        return self.value

    @property
    def title(self) -> str:
        """For headings and navigation."""
        return _THEME_TITLES[self]

    @property
    def order(self) -> int:
        """1 for the first page."""
        return list(Theme).index(self) + 1


_THEME_TITLES = {
    Theme.FRONT_DOOR: "Front door",
    Theme.EARLY_HELP: "Early help",
    Theme.ASSESSMENT: "Assessment and enquiries",
    Theme.CHILD_PROTECTION: "Child protection",
    Theme.CHILDREN_IN_NEED: "Children in need",
    Theme.CHILDREN_IN_CARE: "Children in care",
    Theme.CARE_LEAVERS: "Care leavers",
    Theme.MISSING_EXPLOITATION: "Missing and exploitation",
    Theme.YOUTH_JUSTICE: "Youth justice",
    Theme.POLICE: "Police",
    Theme.HEALTH: "Health",
    Theme.EDUCATION: "Education",
    Theme.WORKFORCE: "Workforce and training",
    Theme.AUDIT_GRADES: "Audit grades and self-assessment",
    Theme.VOICE: "Voice and complaints",
    Theme.HOUSING_PROBATION: "Housing and probation",
    Theme.ALLEGATIONS_DEATHS_INCIDENTS: "Allegations, deaths and incidents",
    Theme.PARTNERSHIP: "Partnership and local context",
}


class Unit(StrEnum):
    """What a value is measured in."""

    COUNT = "count"
    PERCENT = "percent"
    PER_10000 = "per_10000"
    PER_100000 = "per_100000"
    PER_1000 = "per_1000"
    DAYS = "days"
    WEEKS = "weeks"
    NUMBER = "number"
    RATIO = "ratio"
    SCORE = "score"
    GBP = "gbp"

    @property
    def per_population(self) -> int:
        """How many people of the population a rate is given for; 0 when the unit is not such a rate."""
        return {"per_10000": 10_000, "per_100000": 100_000, "per_1000": 1_000}.get(self.value, 0)

    @property
    def is_ratio(self) -> bool:
        """Whether a value of this unit needs a denominator."""
        return self not in (Unit.COUNT, Unit.GBP)


class Frequency(StrEnum):
    """How often figures are returned."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TERMLY = "termly"
    ANNUAL = "annual"
    PER_EVENT = "per_event"


class AgencyKind(StrEnum):
    """The kind of agency that answers for a figure."""

    CHILDREN_SOCIAL_CARE = "children_social_care"
    EARLY_HELP = "early_help"
    EDUCATION = "education"
    POLICE = "police"
    HEALTH = "health"
    PUBLIC_HEALTH = "public_health"
    YOUTH_JUSTICE = "youth_justice"
    HOUSING = "housing"
    PROBATION = "probation"
    LADO = "lado"
    CHILD_DEATH_PANEL = "child_death_panel"
    VOLUNTARY_SECTOR = "voluntary_sector"
    PARTNERSHIP = "partnership"
    COMMUNITY_SAFETY = "community_safety"
    LEGAL = "legal"
    CORPORATE = "corporate"


class Comparator(StrEnum):
    """What a figure is laid beside."""

    OWN_TREND = "own_trend"
    STATISTICAL_NEIGHBOURS = "statistical_neighbours"
    REGION = "region"
    ENGLAND = "england"
    TARGET = "target"
    LOCAL = "local"


class Confidence(StrEnum):
    """How well founded the measure is.

    `PRINTED`: seen in a published document. `TEXT`: named in guidance or law. `DERIVED`: follows from a duty
    or a document that does not print it. `MEMORY`: known to the field, source not yet seen by the project.
    """

    PRINTED = "printed"
    TEXT = "text"
    DERIVED = "derived"
    MEMORY = "memory"


class PublishedDataset(StrEnum):
    """A shipped national file: the local authority interactive tool, or a DfE statistics table."""

    LAIT = "lait"
    B1 = "b1"
    C1 = "c1"
    D3 = "d3"
    D5 = "d5"
    CLA = "cla"
