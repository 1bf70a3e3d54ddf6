"""From a postcode to a locality."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.privacy import Localities

TABLE = Localities({"n1": "Canal", "N11": "Southgate", "N1 1": "Angel", "N1 1AB": "One street", "EN": "North"})


@pytest.mark.parametrize(
    ("postcode", "locality"),
    [
        ("N1 2AA", "Canal"),
        ("n1 1aa", "Angel"),
        ("N11AA", "Angel"),
        ("N1 1AB", "One street"),
        ("N11 1AA", "Southgate"),
        ("N111AA", "Southgate"),
        ("N11", "Southgate"),
        ("EN5 1AA", "North"),
        ("E1 1AA", None),
        ("12 High Street", None),
        ("", None),
    ],
)
def test_of_a_postcode_is_the_longest_beginning(postcode: str, locality: str | None) -> None:
    assert TABLE.of(postcode) == locality


@settings(max_examples=30)
@given(
    outward=st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]?", fullmatch=True),
    inward=st.from_regex(r"[0-9][A-Z]{2}", fullmatch=True),
)
def test_of_a_whole_postcode_does_not_depend_on_its_spaces_or_capitals(outward: str, inward: str) -> None:
    table = Localities({outward: "district", f"{outward} {inward[0]}": "sector"})

    assert {table.of(text) for text in (f"{outward} {inward}", f"{outward}{inward}".lower())} == {"sector"}
