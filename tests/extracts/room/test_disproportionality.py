"""Groups of children against the children of the area: the numbers they are held against, the pages, the file."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from tests.extracts.room.grouped import group_children, with_groups
from tests.extracts.room.loaded import quickly_stored
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.extracts.area_groups import census_groups, children_of_groups
from trefoil.extracts.comparing_groups import counted_twin
from trefoil.extracts.models import GroupChildren
from trefoil.extracts.operations.groups import set_group_children
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.models import EthnicGroup, Population
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
OVERVIEW = "/fairmead/extracts/groups/"
PAGE = f"{OVERVIEW}FD12/"
CHILDREN = f"{OVERVIEW}children/"


def census(world: World) -> None:
    area = world.fairmead.area
    Population.objects.create(area=area, mid_year=2025, children=1001)
    EthnicGroup.objects.create(area=area, code=1, name="Asian, Asian British or Asian Welsh: Indian", people=20)
    EthnicGroup.objects.create(area=area, code=8, name="Black, Black British, Caribbean: Other Black", people=10)
    EthnicGroup.objects.create(area=area, code=9, name="Mixed or Multiple ethnic groups: White and Asian", people=10)
    EthnicGroup.objects.create(area=area, code=14, name="White: Irish", people=55)
    EthnicGroup.objects.create(area=area, code=18, name="Other ethnic group: Arab", people=5)


def test_census_groups_add_the_categories_up_to_five() -> None:
    rows = [("White: Irish", 3), ("White: Roma", 4), ("Mixed or Multiple ethnic groups: White and Asian", 5)]
    assert census_groups(rows) == {"White": 7, "Mixed": 5, "Asian": 0, "Black": 0, "Other": 0}


def test_children_of_groups_are_estimated_from_the_census_until_they_are_settled(world: World, now: datetime) -> None:
    census(world)
    known = children_of_groups(world.fairmead, "ethnicity")
    assert known is not None
    assert known.is_estimate
    assert known.children == {"White": 550, "Mixed": 100, "Asian": 200, "Black": 100, "Other": 50}
    assert children_of_groups(world.fairmead, "sex") is None
    group_children(world, now=now)
    settled = children_of_groups(world.fairmead, "ethnicity")
    assert settled is not None
    assert (settled.is_estimate, settled.source, settled.in_all) == (False, "School census, January 2026", 12_000)


@pytest.mark.parametrize(
    ("children", "source"),
    [
        ({"female": 10}, "School census"),
        ({"female": 10, "male": -1}, "School census"),
        ({"female": 0, "male": 0}, "School census"),
        ({"female": 10, "male": 10, "other": 1}, "School census"),
        ({"female": 10, "male": 10}, " "),
    ],
)
def test_set_group_children_refuses_what_cannot_be_divided_by(
    world: World, now: datetime, children: dict[str, int], source: str
) -> None:
    with pytest.raises(NotAllowedError):
        set_group_children(
            partnership=world.fairmead, breakdown="sex", children=children, source=source, by=world.analyst, now=now
        )
    assert not GroupChildren.objects.exists()


def test_set_group_children_needs_the_duty(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError):
        set_group_children(
            partnership=world.fairmead,
            breakdown="sex",
            children={"female": 1, "male": 1},
            source="a count",
            by=world.manager,
            now=now,
        )


def test_counted_twin_of_a_rate_counts_the_same() -> None:
    assert [getattr(counted_twin(catalogue()[id_]), "id", None) for id_ in ("FD12", "FD13", "CL02", "FD14")] == [
        "FD12",
        "FD12",
        "CL01",
        None,
    ]


def test_page_compares_each_group_and_hides_small_counts(world: World, now: datetime, client_for: ClientFor) -> None:
    group_children(world, now=now)
    with_groups(quickly_stored(world, now=now))
    page = client_for(world.manager).get(PAGE).content.decode()
    # By hand: 40 of 1,000 against 138 of 11,000 is 40 / 12.545 = 3.19 per head.
    assert re.search(
        r"<th[^>]*>Black</th>.*?>40<.*?>1,000<.*?>400.0<.*?>125.5<.*?<strong>3.2 times \(2.2 to 4.5\)", page
    )
    assert re.search(r"<th[^>]*>Other</th>.*?>fewer than 10<.*?>500<.*?>–<.*?>–<.*?>too few to say<", page)
    # Alone, 2 would follow from the others: the next smallest is hidden beside it.
    assert re.search(r"<th[^>]*>Asian</th>.*?>hidden beside it<.*?>1,500<.*?>–<", page)
    assert "12 more have no ethnicity recorded" in page
    assert "School census, January 2026" in page
    assert "More often than other children: Black 3.2 times (2.2 to 4.5)" in page
    assert "may have several" in page


def test_overview_names_the_groups_that_differ_and_leads_on(world: World, now: datetime, client_for: ClientFor) -> None:
    group_children(world, now=now)
    with_groups(quickly_stored(world, now=now))
    client = client_for(world.manager)
    page = client.get(OVERVIEW).content.decode()
    assert "In 1 of 1 measures a group differs" in page
    assert f"{PAGE}?extract=" in page
    for address in ("/fairmead/extracts/figures/", "/fairmead/extracts/figures/FD12/", "/fairmead/extracts/"):
        assert OVERVIEW in client.get(address).content.decode()


def test_page_says_what_is_not_known_and_who_can_enter_it(world: World, now: datetime, client_for: ClientFor) -> None:
    with_groups(quickly_stored(world, now=now))
    asked = f"{PAGE}?by=sex"
    assert "The analyst can enter the numbers." in client_for(world.manager).get(asked).content.decode()
    assert CHILDREN in client_for(world.analyst).get(asked).content.decode()
    census(world)
    assert "Take care: in most areas more children" in client_for(world.manager).get(PAGE).content.decode()


@pytest.mark.parametrize("path", [f"{OVERVIEW}XX99/", f"{OVERVIEW}FD14/", f"{PAGE}shoe.csv", f"{PAGE}sex.csv"])
def test_address_of_what_is_not_compared_is_404(world: World, now: datetime, client_for: ClientFor, path: str) -> None:
    quickly_stored(world, now=now)
    assert client_for(world.manager).get(path).status_code == 404


def test_file_holds_the_table_with_its_source_and_is_on_the_trail(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    group_children(world, now=now)
    with_groups(quickly_stored(world, now=now))
    answer = client_for(world.manager).get(f"{PAGE}ethnicity.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Counted"] for row in rows] == ["100", "20", "hidden beside it", "40", "fewer than 10"]
    assert Decimal(rows[3]["Ratio"]) == Decimal("3.188")
    assert {row["Where the children of the area come from"] for row in rows} == {"School census, January 2026"}
    assert AuditEvent.objects.filter(event=EventType.EXPORTED).count() == 1


def sent(**numbers: object) -> dict[str, object]:
    return {"which": "sex", **{f"sex-{name}": value for name, value in numbers.items()}}


def test_form_saves_one_breakdown_and_takes_it_back(world: World, client_for: ClientFor) -> None:
    client = client_for(world.analyst)
    page = client.post(CHILDREN, sent(group0=4900, group1=5100, source="School census"), follow=True).content.decode()
    assert "Sex: the numbers of children are saved." in page
    assert list(GroupChildren.objects.values_list("group", "children")) == [("female", 4900), ("male", 5100)]
    assert AuditEvent.objects.filter(event=EventType.EXTRACT_SETTING_CHANGED).count() == 1
    client.post(CHILDREN, sent(group0="", group1="", source=""))
    assert not GroupChildren.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ({"group0": "4900", "group1": "", "source": "School census"}, "Enter how many; 0 when there are none."),
        ({"group0": "4900", "group1": "5100", "source": ""}, "Enter where the numbers come from."),
        ({"group0": "many", "group1": "5100", "source": "x"}, "enter a whole number, such as 12400."),
        ({"group0": "0", "group1": "0", "source": "x"}, "One group at least must have children."),
    ],
)
def test_form_says_what_is_missing_and_keeps_what_was_typed(
    world: World, client_for: ClientFor, numbers: dict[str, object], says: str
) -> None:
    page = client_for(world.analyst).post(CHILDREN, sent(**numbers)).content.decode()
    assert page.count(says) == 2
    assert not GroupChildren.objects.exists()


def test_form_is_for_those_who_load(world: World, client_for: ClientFor) -> None:
    assert client_for(world.manager).get(CHILDREN).status_code == 404
