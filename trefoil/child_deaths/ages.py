"""The age at death, in the groups of the national database. Pure but for the words."""

from datetime import date

from trefoil.reviews.ages import age_on

from .enums import AgeGroup

CHILDHOOD = 18
NEONATAL_DAYS = 28
_YEARS = (
    (1, AgeGroup.INFANT),
    (5, AgeGroup.ONE_TO_FOUR),
    (10, AgeGroup.FIVE_TO_NINE),
    (15, AgeGroup.TEN_TO_FOURTEEN),
    (CHILDHOOD, AgeGroup.FIFTEEN_TO_SEVENTEEN),
)


def age_group(born_on: date | None, died_on: date) -> AgeGroup:
    """The group; unknown without a date of birth. ValueError for 18 and over."""
    if born_on is None:
        return AgeGroup.UNKNOWN
    if (died_on - born_on).days < NEONATAL_DAYS:
        return AgeGroup.NEONATAL
    years = age_on(born_on, died_on)
    for limit, group in _YEARS:
        if years < limit:
            return group
    raise ValueError("18 or over")
