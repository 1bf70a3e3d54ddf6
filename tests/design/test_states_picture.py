"""A picture of statuses as Mermaid text, and where it goes in a README."""

import pytest
from django.db.models import TextChoices

from trefoil.design.states_picture import StatesPicture, with_pictures


class Lamp(TextChoices):
    OFF = "off", "Dark"
    ON = "on", "Lit"
    BROKEN = "broken", "Broken"


LAMP = StatesPicture(
    states=Lamp, begins={"hang": Lamp.OFF}, arrows=[(Lamp.OFF, Lamp.ON, "light, by anyone")], name="lamp"
)
LAMP_MARKS = "<!-- states of lamp: begin -->old<!-- states of lamp: end -->"
README = f"Before\n<!-- states: begin -->\nold\n<!-- states: end -->\n{LAMP_MARKS}\nAfter\n"


def test_mermaid_draws_the_beginning_every_arrow_and_every_status() -> None:
    assert LAMP.mermaid().splitlines() == [
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> off: hang",
        "    off --> on: light, by anyone",
        "    off: Dark",
        "    on: Lit",
        "    broken: Broken",
        "```",
    ]


def test_unreached_names_a_status_that_no_arrow_leads_to() -> None:
    assert LAMP.unreached() == {"broken"}


def test_with_pictures_fills_the_marks_of_each_name_alone() -> None:
    drawn = with_pictures(README, [LAMP])
    assert drawn.count("stateDiagram-v2") == 1
    assert drawn.startswith("Before\n<!-- states: begin -->\nold\n<!-- states: end -->")
    assert drawn.endswith("<!-- states of lamp: end -->\nAfter\n")
    assert with_pictures(drawn, [LAMP]) == drawn


def test_with_pictures_without_a_mark_says_which() -> None:
    with pytest.raises(ValueError, match="states of lamp: begin"):
        with_pictures("nothing here", [LAMP])
