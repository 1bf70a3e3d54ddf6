"""The closed lists of the risk register and of the improvement plan's measures."""

from django.db.models import TextChoices

SCALE = range(1, 6)

LIKELIHOOD_WORDS = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
IMPACT_WORDS = {1: "Negligible", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Severe"}


class Assurance(TextChoices):
    """How far a control is known to work."""

    NONE = "none", "Not tested"
    PARTLY = "partly", "Partly tested"
    WORKS = "works", "Tested, and it works"
    FAILS = "fails", "Tested, and it does not work"


# A control with one of these has nothing to show that it works.
UNASSURED = (Assurance.NONE, Assurance.FAILS)


class RiskBand(TextChoices):
    """How a score of 1 to 25 is read. The bounds are this system's own: 15 and above is high, 8 to 14 is medium."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


def band_of(score: int) -> RiskBand:
    """The band of a score: likelihood times impact."""
    if score >= 15:
        return RiskBand.HIGH
    return RiskBand.MEDIUM if score >= 8 else RiskBand.LOW


class MeasureUnit(TextChoices):
    """What figures typed by hand are measured in. The values are those of the catalogue's units."""

    COUNT = "count", "Number"
    PERCENT = "percent", "Percentage"
    NUMBER = "number", "Average"
    DAYS = "days", "Days"
    WEEKS = "weeks", "Weeks"
    GBP = "gbp", "Pounds"


class MeasurePolarity(TextChoices):
    """Which way is good. The values are those of the catalogue."""

    HIGHER = "higher_is_better", "Up is good"
    LOWER = "lower_is_better", "Down is good"
    MONITOR = "monitor", "Neither: watched only"
