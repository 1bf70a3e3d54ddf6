"""Figures typed into the form: checked as a file is, kept when wrong, and never written over somebody else's unseen."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.indicators.returns_made import entered, row, whole
from tests.world import World
from trefoil.indicators.forms_figures import FiguresForm
from trefoil.indicators.models import AgencyReturn
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


def form_of(client: Client, held: AgencyReturn) -> FiguresForm:
    form = client.get(f"/fairmead/returns/{held.pk}/form/").context["form"]
    assert isinstance(form, FiguresForm)
    return form


def typed(form: FiguresForm, **figures: str) -> dict[str, str]:
    """What a browser sends: everything as it stands, with the whole figures of some measures changed."""
    data = {"seen": form["seen"].value()}
    for one in form.lines:
        for column, bound in one.fields.items():
            data[bound.name] = str(bound.value() or "")
            if not one.breakdown and f"{one.definition.id}_{column}" in figures:
                data[bound.name] = figures[f"{one.definition.id}_{column}"]
    return data


def save(client: Client, held: AgencyReturn, data: dict[str, str]) -> HttpResponse:
    return client.post(f"/fairmead/returns/{held.pk}/form/", data)


def test_form_saves_and_does_not_submit(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    answer = save(client, held, typed(form_of(client, held), FD01_numerator="100", FD12_numerator="30"))
    assert answer["Location"] == f"/fairmead/returns/{held.pk}/"
    assert {(one.indicator, one.numerator, one.source) for one in held.figures.all()} == {
        ("FD01", Decimal(100), "form"),
        ("FD12", Decimal(30), "form"),
    }
    held.refresh_from_db()
    assert held.state == "open"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"FD01_numerator": "1,390"}, "has a comma between thousands; write 1390."),
        ({"FD01_numerator": "-3"}, "a count cannot be negative"),
        ({"FD01_numerator": "many"}, "is not a number"),
        ({"FD01_numerator": "1.5"}, "a count is a whole number"),
        ({"FD01_numerator": "7", "FD01_missing_reason": "We do not count them."}, "keep one of the two"),
        ({"FD01_note": "A note alone"}, "No figure is given"),
    ],
)
def test_form_with_a_mistake_says_so_twice_and_keeps_what_was_typed(
    world: World, held: AgencyReturn, client_for: ClientFor, figures: dict[str, str], said: str
) -> None:
    client = client_for(world.alice)
    answer = save(client, held, typed(form_of(client, held), FD12_numerator="31", **figures))
    page = answer.content.decode()
    assert page.count(said) == 2
    assert "There is a problem" in page
    assert "Error: " in page
    for text in ("31", *figures.values()):
        assert f'value="{text}"' in page
    assert not held.figures.exists()


def test_form_emptied_line_of_a_held_figure_is_refused(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    client = client_for(world.alice)
    page = save(client, held, typed(form_of(client, held), FD01_numerator="")).content.decode()
    assert "100 is held. Give a figure, or say why it is missing." in page


def test_form_takes_a_reason_instead_of_a_figure(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    client, reason = client_for(world.alice), "The system was down."
    save(client, held, typed(form_of(client, held), FD01_numerator="", FD01_missing_reason=reason))
    figure = held.figures.current().get(indicator="FD01")
    assert (figure.numerator, figure.missing_reason, figure.is_restated) == (None, reason, True)


def test_form_shows_lines_of_local_categories_that_are_held(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, row("FD01", 12, "agency: night team"))
    client = client_for(world.alice)
    assert "agency: night team" in [one.label for one in form_of(client, held).lines]


def test_form_changed_by_somebody_else_meanwhile_is_refused_with_both(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    client = client_for(world.alice)
    data = typed(form_of(client, held), FD01_numerator="99")
    entered(held, world.bob, now, row("FD01", 104))
    answer = save(client, held, data)
    page = answer.content.decode()
    assert "Nothing was saved: somebody else changed these figures" in page
    assert '<td role="cell" class="govuk-table__cell" data-label="You typed">99</td>' in page
    assert 'data-label="Held now">104</td>' in page
    assert "by Bob" in page
    assert 'value="99"' in page
    assert held.figures.current().get(indicator="FD01").numerator == Decimal(104)
    again = data | {"seen": answer.context["form"]["seen"].value()}
    assert save(client, held, again).status_code == 302
    figure = held.figures.current().get(indicator="FD01")
    assert (figure.numerator, figure.replaces.numerator) == (Decimal(99), Decimal(104))


def test_form_sent_without_its_mark_is_refused(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    client = client_for(world.alice)
    data = typed(form_of(client, held), FD01_numerator="99") | {"seen": "0" * 64}
    assert "somebody else changed" in save(client, held, data).content.decode()
    del data["seen"]
    assert save(client, held, data).status_code == 200
    assert held.figures.current().get(indicator="FD01").numerator == Decimal(100)


def test_form_left_empty_where_somebody_else_gave_a_figure_takes_theirs(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    client = client_for(world.alice)
    data = typed(form_of(client, held), FD01_numerator="99")
    entered(held, world.bob, now, row("FD12", 30))
    answer = save(client, held, data)
    assert 'data-label="You typed">nothing</td>' in answer.content.decode()
    again = typed(answer.context["form"])
    assert save(client, held, again).status_code == 302
    assert {(one.indicator, one.numerator) for one in held.figures.current()} == {
        ("FD01", Decimal(99)),
        ("FD12", Decimal(30)),
    }
