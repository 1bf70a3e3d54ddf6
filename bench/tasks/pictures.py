"""Charts and the pack as documents, drawn in this process."""

import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, reverse

from trefoil.design.charts import Chart, render_svg
from trefoil.design.charts.rendering import render_png
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.sections import pictures_of
from trefoil.people.models import Partnership, Person


class _Nothing:
    """A cache that keeps nothing, so that each picture is drawn."""

    def get(self, _key: str) -> None:
        return None

    def set(self, _key: str, _value: object, _timeout: int | None) -> None:
        return None


def charts(most: int) -> dict[str, list[float]]:
    """Milliseconds of the first picture of a process, of the following ones, of kept ones, and of PNG."""
    fairmead = Partnership.objects.get(slug="fairmead")
    drawn: list[Chart] = []
    for definition in catalogue():
        evidence = gather(fairmead, [definition], in_parts=True)
        drawn += pictures_of(evidence.findings[0], evidence).values()
    drawn = drawn[:most]
    new = [_ms(partial(render_svg, chart, cache=_Nothing())) for chart in drawn]
    for chart in drawn:
        render_svg(chart, cache=caches["charts"])
    kept = [_ms(partial(render_svg, chart, cache=caches["charts"])) for chart in drawn]
    png = [_ms(partial(render_png, chart)) for chart in drawn[:10]]
    return {"first": new[:1], "following": new[1:], "kept": kept, "png": png}


def pack() -> dict[str, dict[str, float]] | None:
    """The whole pack as PDF for each partnership, first and again, in milliseconds; None before there is one."""
    if find_spec("trefoil.indicators.pdf") is None:
        return None
    client = Client()
    person = Person.objects.filter(is_invented=True, name__startswith="Osric").first()
    found = {}
    for partnership in Partnership.objects.all():
        try:
            address = reverse("pack_pdf", args=[partnership.slug])
        except NoReverseMatch:
            return None
        client.post(reverse("demo_sign_in"), {"person": person.pk if person else ""})
        size = 0

        def ask(address: str = address) -> None:
            nonlocal size
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            size = len(answer.getvalue())

        found[partnership.short_name] = {"first": _ms(ask), "again": _ms(ask), "bytes": size}
    return found


def _ms(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return (time.perf_counter() - started) * 1000
