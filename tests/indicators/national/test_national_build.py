"""The build script: how it reads figures, and that it stops at what it does not understand.

Sources here are a country of one authority, written by the test. The script lives outside the package.
"""

import csv
import gzip
import importlib.util
import io
import lzma
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
SETTINGS: dict[str, Any] = tomllib.loads((SCRIPTS / "build_national_pack.toml").read_text(encoding="utf-8"))
LEVEL = ["time_period", "geographic_level", "region_code", "region_name", "old_la_code", "new_la_code", "la_name"]
BARNET = ["2025", "Local authority", "E13000002", "Outer London", "302", "E09000003", "Barnet"]
ENGLAND = ["2025", "National", "", "", "", "", ""]

Rows = list[list[str]]


def load(name: str) -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


sources = load("national_sources")
build_national_pack = load("build_national_pack")


def small_country() -> dict[str, Rows]:
    """The rows of every source file, heading first, for Barnet and England in 2025."""
    published = [["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]]
    for area in SETTINGS["groups"]:
        published.append(["Rate", "", "2025", area["name"], "-", f"{area['old_code']}.0", "NA"])
    published.append(["Rate", "", "2025", "Barnet", "13.600000000000001", "302.0", "Outer London"])
    measure = [
        "Rate",
        "7",
        "Topic",
        "A rate",
        "Low",
        "Per 10,000",
        "",
        "Financial Year",
        "45931",
        "TBC",
        "One.\r\n\r\n\nTwo.",
    ]
    headings = ["Measure_short", "Measure_code", "Topic", "Measure", "Polarity", "y_axis_name", "dps", "Year_Type"]
    tier, group = "2023 Upper tier local authorities", "Ethnic group (20 categories)"
    country: dict[str, Rows] = {
        "published": published,
        "measures": [[*headings, "Last Update", "Next Update", "Description"], measure],
        "population": [
            [*LEVEL, "age_group", "population_estimate"],
            [*BARNET, "Children aged 0 to 17 years", "93851"],
            [*ENGLAND, "Children aged 0 to 17 years", "x"],
        ],
        "neighbours": [["old_la_code", "la_name", *(f"SN_{n}{p}" for n in range(1, 11) for p in ("", "P"))]],
        "ethnicity": [
            [f"{tier} Code", tier, f"{group} Code", group, "Observation"],
            ["E09000003", "Barnet", "-8", "Does not apply", "0"],
            ["E09000003", "Barnet", "2", "Chinese", "9434"],
            ["W06000001", "Isle of Anglesey", "2", "Chinese", "1"],
        ],
        "looked_after": [[*LEVEL, "population_type", "population_estimate", "children_count", "rate_per_10000"]],
    }
    country["neighbours"].append(["302", "Barnet", *("302" if n % 2 == 0 else "Close " for n in range(20))])
    country["looked_after"] += [[*BARNET, kind, "93851", "343", "37"] for kind in SETTINGS["looked_after_kinds"]]
    for name, columns in SETTINGS["count_columns"].items():
        country[name] = [[*LEVEL, *columns], [*BARNET, *("c" for _ in columns)], [*ENGLAND, *("10" for _ in columns)]]
    return country


def write(country: dict[str, Rows], folder: Path) -> Path:
    """Write the rows as source files, with the byte order mark that the real ones have."""
    for name, rows in country.items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path = folder / SETTINGS["sources"][name]["file"]
        data = text.getvalue().encode("utf-8-sig")
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return folder


def shipped(folder: Path, name: str) -> Rows:
    """A built file's lines."""
    data = (folder / name).read_bytes()
    text = (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_build_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = write(small_country(), tmp_path)
    for out in ("one", "two"):
        build_national_pack.build(folder, tmp_path / out)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / out).iterdir()} for out in ("one", "two"))
    assert one == two
    assert len(one) == 12


def test_build_cleans_values_dates_and_names(tmp_path: Path) -> None:
    build_national_pack.build(write(small_country(), tmp_path), tmp_path / "out")
    heading, line = shipped(tmp_path / "out", "published.csv.xz")
    assert line == ["Rate", "2025", *["-"] * 12, "13.6"]
    assert heading[-1] == "E09000003"
    assert shipped(tmp_path / "out", "measures.csv.xz")[1][4:] == [
        "low", "Per 10,000", "1", "", "Financial Year", "2025-10-01", "", "One.\n\nTwo.",
    ]  # fmt: skip
    assert shipped(tmp_path / "out", "neighbours.csv.xz")[1] == ["E09000003", "1", "E09000003", "Close"]
    assert shipped(tmp_path / "out", "ethnicity.csv.xz")[1:] == [["E09000003", "2", "Chinese", "9434"]]
    assert shipped(tmp_path / "out", "areas.csv")[-1][:6] == [
        "E09000003", "302", "Barnet", "local_authority", "E12000007", "E13000002",
    ]  # fmt: skip


def repeat_a_value(country: dict[str, Rows]) -> None:
    country["published"].append(country["published"][-1])


def misspell_a_mark(country: dict[str, Rows]) -> None:
    country["population"][1][-1] = "n/a"


def forget_the_measure(country: dict[str, Rows]) -> None:
    country["measures"][1][0] = "Another"


def add_an_authority(country: dict[str, Rows]) -> None:
    country["published"].append(["Rate", "", "2025", "Nowhere", "1", "999.0", "Outer London"])


def move_to_another_region(country: dict[str, Rows]) -> None:
    country["published"][-1][-1] = "South East"


def name_an_unknown_neighbour(country: dict[str, Rows]) -> None:
    country["ethnicity"].append(["E06999999", "Nowhere", "2", "Chinese", "1"])


def give_two_populations(country: dict[str, Rows]) -> None:
    country["looked_after"][-1][-3] = "1"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (repeat_a_value, "there twice"),
        (misspell_a_mark, "n/a"),
        (forget_the_measure, "no measure in the dictionary"),
        (add_an_authority, "do not cover the same areas"),
        (move_to_another_region, "South East"),
        (name_an_unknown_neighbour, "E06999999"),
        (give_two_populations, "two populations"),
    ],
)
def test_build_stops_at_a_source_it_does_not_understand(
    tmp_path: Path, spoil: Callable[[dict[str, Rows]], None], message: str
) -> None:
    country = small_country()
    spoil(country)
    with pytest.raises(sources.SourceError, match=message):
        build_national_pack.build(write(country, tmp_path), tmp_path / "out")


@given(st.decimals(min_value=-99_999, max_value=9_999_999, places=6))
def test_cell_takes_the_noise_of_a_binary_float_away(number: Any) -> None:
    noisy = format(float(number), ".17g")
    assert sources.cell(noisy) == (format(number, "f").rstrip("0").rstrip(".") if number else "0")


@pytest.mark.parametrize(
    ("text", "clean"),
    [("7.0000000000000007E-2", "0.07"), ("249.95714285714286", "249.95714285714286"), ("19.0", "19"), ("c", "c")],
)
def test_cell_of_source_text(text: str, clean: str) -> None:
    assert sources.cell(text) == clean


@pytest.mark.parametrize("text", ["", "n/a", "1,234", "C"])
def test_cell_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(sources.SourceError):
        sources.cell(text)


@pytest.mark.parametrize(("text", "iso"), [("45931", "2025-10-01"), ("46113", "2026-04-01"), ("TBC", "")])
def test_day_of_an_excel_serial(text: str, iso: str) -> None:
    assert sources.day(text) == iso
