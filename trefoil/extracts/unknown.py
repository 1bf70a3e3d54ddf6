"""Which measures an extract cannot give, and why, in words."""

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition

from .engine.known import Knowledge
from .engine.measures import measures
from .engine.tables import Extract as Counted
from .standard.loader import load_tables

NOT_COUNTED = "It is not worked out from extracts."
NO_DAYS = "The extract does not hold a whole month of what it counts."


def why_unknown(extract: Counted, known: set[str]) -> dict[str, str]:
    """For each measure of the catalogue that is not among the `known`, why the extract does not give it."""
    return {one.id: _why(one, Knowledge(extract)) for one in catalogue() if one.id not in known}


def _why(definition: Definition, knowledge: Knowledge) -> str:
    if definition.not_from_extract:
        return definition.not_from_extract.reason
    if definition.extract is None:
        return NOT_COUNTED
    (measure,) = measures([definition])
    missing = [need for need in measure.needs() if not knowledge.carried(need)]
    if missing:
        return f"The extract does not carry {' and '.join(dict.fromkeys(map(_in_words, missing)))}."
    return NO_DAYS


def _in_words(need: str) -> str:
    """`ssd_contacts.cont_contact_date` as `“cont_contact_date” of contacts`."""
    table, _, field = need.partition("|")[0].partition(".")
    return f"“{field}” of {load_tables()[table].title.lower()}"
