"""The page about the area itself."""

from trefoil.indicators.models import EthnicGroup, Neighbour, Population
from trefoil.people.enums import AreaKind
from trefoil.people.models import Area


def test_area_without_facts_says_so(world, client_for):
    seen = client_for(world.bob).get("/fairmead/area/").content.decode()
    assert "No number of children" in seen
    assert "has no statistical neighbours" in seen


def test_area_shows_children_groups_and_neighbours(world, client_for):
    area = world.fairmead.area
    near = Area.objects.create(code="E06009999", name="Nearby", kind=AreaKind.LOCAL_AUTHORITY)
    Population.objects.create(area=area, mid_year=2024, children=61_400)
    EthnicGroup.objects.create(area=area, code=1, name="First group", people=3)
    EthnicGroup.objects.create(area=area, code=2, name="Second group", people=1)
    Neighbour.objects.create(area=area, neighbour=near, rank=1, closeness="Close", model_year=2025)
    seen = client_for(world.bob).get("/fairmead/area/").content.decode()
    assert "61,400" in seen
    assert seen.index("75.0%") < seen.index("25.0%")
    assert "Nearby" in seen


def test_area_costs_the_same_number_of_queries_whatever_it_holds(world, client_for, django_assert_max_num_queries):
    area = world.fairmead.area
    client = client_for(world.bob)
    for code in range(1, 20):
        EthnicGroup.objects.create(area=area, code=code, name=f"Group {code}", people=code)
    with django_assert_max_num_queries(12):
        client.get("/fairmead/area/")
