"""What a worker loads before its first request."""

import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from trefoil.config.warming import warm

# A new process, because what is loaded stays loaded in this one.
LOADED = """
import sys
from trefoil.config.wsgi import application
from trefoil.indicators.catalogue.loader import catalogue
from django.db import connection
print(
    "trefoil.config.urls" in sys.modules,
    "trefoil.indicators.views.indicator" in sys.modules,
    catalogue.cache_info().misses,
    connection.connection is None,
)
"""


def test_wsgi_loads_views_and_catalogue_and_opens_no_connection() -> None:
    answer = subprocess.run([sys.executable, "-W", "error", "-c", LOADED], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["True", "True", "1", "True"]


@pytest.mark.django_db
def test_warm_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        warm()
    assert Client().get("/health/").status_code == 200
