"""Reading definition files: every problem names its file and its field."""

from pathlib import Path

import pytest

from trefoil.indicators.catalogue.loader import CatalogueError, Problem, load_catalogue
from trefoil.indicators.catalogue.vocabulary import Theme

SOUND = """
id = "FD01"
title = "Contacts received"
short_title = "Contacts"
meaning = "How many times someone told children's services about a child."
theme = "front-door"
numerator = "Contacts received in the period."
unit = "count"
decimal_places = 0
polarity = "monitor"
frequency = "monthly"
timing = "flow"
owner_agency = "children_social_care"
comparators = ["own_trend"]
cautions = "Areas count differently."
source = "Case system."
core = true
reviewed_on = 2026-11-22
next_review_on = 2027-06-01
confidence = "printed"

[[breakdowns]]
dimension = "outcome"
categories = ["referral", "signposting"]
exhaustive = true
"""

SHARE = (
    SOUND.partition("[[breakdowns]]")[0]
    .replace("FD01", "FD02")
    .replace('unit = "count"', 'unit = "percent"\ndenominator = "All contacts."')
)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(folder)
    return refused.value.problems


def test_load_catalogue_reads_sound_files_in_id_order(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD02.toml", SHARE)
    write(tmp_path, "front-door/FD01.toml", SOUND)
    read = load_catalogue(tmp_path)
    assert read.ids == ("FD01", "FD02")
    assert [definition.id for definition in read] == ["FD01", "FD02"]
    assert len(read) == 2
    assert "FD01" in read
    assert read["FD01"] is read.get("FD01")
    assert read.get("FD09") is None
    assert read.themes == (Theme.FRONT_DOOR,)
    assert [definition.id for definition in read.in_theme("front-door")] == ["FD01", "FD02"]
    assert read.in_theme(Theme.POLICE) == ()


def test_in_theme_refuses_an_unknown_slug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="kitchen"):
        load_catalogue(tmp_path).in_theme("kitchen")


def test_load_catalogue_names_file_and_field_of_a_wrong_value(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD01.toml", SOUND.replace('unit = "count"', 'unit = "pounds"'))
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("front-door/FD01.toml", "unit")
    assert str(problem).startswith("front-door/FD01.toml: unit: ")


def test_load_catalogue_names_the_part_of_a_breakdown(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD01.toml", SOUND.replace("exhaustive = true", 'exhaustive = "maybe"'))
    assert [problem.field for problem in problems_of(tmp_path)] == ["breakdowns.0.exhaustive"]


def test_load_catalogue_reports_every_file_at_once(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD01.toml", SOUND.replace("core = true\n", ""))
    write(tmp_path, "front-door/FD02.toml", SHARE.replace('timing = "flow"', 'timing = "never"'))
    assert [(problem.file, problem.field) for problem in problems_of(tmp_path)] == [
        ("front-door/FD01.toml", "core"),
        ("front-door/FD02.toml", "timing"),
    ]


def test_load_catalogue_refuses_a_file_that_is_not_toml(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD01.toml", "id = ")
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("front-door/FD01.toml", "")
    assert "the file: cannot be read" in str(problem)


def test_load_catalogue_refuses_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "front-door").mkdir()
    (tmp_path / "front-door" / "FD01.toml").write_bytes(SOUND.replace("Areas", "Ar\u00e9as").encode("latin-1"))
    (problem,) = problems_of(tmp_path)
    assert problem.message.startswith("cannot be read")


def test_load_catalogue_refuses_an_id_that_is_not_the_file_name(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD07.toml", SOUND)
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("front-door/FD07.toml", "id")


def test_load_catalogue_refuses_a_theme_that_is_not_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "police/FD01.toml", SOUND)
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("police/FD01.toml", "theme")


def test_load_catalogue_refuses_the_same_id_twice(tmp_path: Path) -> None:
    write(tmp_path, "front-door/FD01.toml", SOUND)
    write(tmp_path, "police/FD01.toml", SOUND.replace("front-door", "police"))
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("police/FD01.toml", "id")
    assert "front-door/FD01.toml" in problem.message


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("XX01", "XX01 is not in the catalogue"),
        ("FD01 | age: under 1", "no breakdown by age"),
        ("FD01 | outcome: nonsense", "no category"),
    ],
)
def test_load_catalogue_refuses_a_reference_to_nothing(tmp_path: Path, reference: str, said: str) -> None:
    write(tmp_path, "front-door/FD01.toml", SOUND)
    write(tmp_path, "front-door/FD02.toml", f'{SHARE}\n[calculation]\nnumerator_from = "{reference}"\n')
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.field) == ("front-door/FD02.toml", "calculation")
    assert said in problem.message


@pytest.mark.parametrize("reference", ["FD01", "FD01 | outcome: *", "FD01 | outcome: signposting"])
def test_load_catalogue_accepts_a_reference_that_exists(tmp_path: Path, reference: str) -> None:
    write(tmp_path, "front-door/FD01.toml", SOUND)
    write(tmp_path, "front-door/FD02.toml", f'{SHARE}\n[calculation]\nnumerator_from = "{reference}"\n')
    assert load_catalogue(tmp_path).ids == ("FD01", "FD02")
