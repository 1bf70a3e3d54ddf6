"""Two loads of one return at the same moment: one after the other, nothing lost, nothing twice."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from tests.indicators.returns_made import entered, opened, row
from tests.world import build_world
from trefoil.audit.queries import verify_chain
from trefoil.indicators.models import AgencyReturn
from trefoil.people.models import Person

LOADS = 4


@pytest.mark.django_db(transaction=True)
def test_loads_at_once_leave_one_current_figure_and_every_earlier_one(now: datetime) -> None:
    world = build_world(now=now)
    held = opened(world, now)
    start, wrong = threading.Barrier(LOADS), []

    def load(person: Person, count: int) -> None:
        try:
            start.wait(10)
            entered(AgencyReturn.objects.get(pk=held.pk), person, now, row("FD01", count), row("FD12", 30))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=load, args=(world.alice if number % 2 else world.bob, 100 + number))
        for number in range(LOADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    contacts = held.figures.filter(indicator="FD01")
    assert contacts.current().count() == 1
    assert sorted(contacts.values_list("numerator", flat=True)) == [100, 101, 102, 103]
    assert contacts.filter(replaces__isnull=True).count() == 1
    assert held.figures.filter(indicator="FD12").count() == 1
    assert verify_chain().is_whole
