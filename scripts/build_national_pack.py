"""Build the national pack that Trefoil ships from the folder of source files.

    python scripts/build_national_pack.py SOURCE_DIR [OUT_DIR]

Standard library only. The same sources give the same bytes. Every surprise in a source stops the build: an
unknown area, a value that is neither a number nor a known mark, a missing cell. What each file is:
docs/data-sources.md.
"""

import csv
import hashlib
import io
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from national_sources import MARKS, SETTINGS, Areas, Row, SourceError, Table, cell, day, read_source

OUT_DIR = Path(__file__).resolve().parent.parent / "trefoil" / "indicators" / "national" / "data"
CHILDREN = "Children aged 0 to 17 years"
COUNT_COLUMNS: dict[str, list[str]] = SETTINGS["count_columns"]
LOOKED_AFTER: dict[str, str] = SETTINGS["looked_after_kinds"]


def published_table(rows: list[Row], measures: list[Row], areas: Areas) -> Table:
    """One line for each measure and year label, one column for each area. No cell may be missing."""
    cells = {(row["Short Desc"], row["Years"], row["LA Number"][:3]): cell(row["Values"]) for row in rows}
    if len(cells) != len(rows):
        raise SourceError("a published value is there twice")
    labels = defaultdict(set)
    for measure, label, _ in cells:
        labels[measure].add(label)
    lines = [
        [measure, label, *(cells[measure, label, old] for old in areas.order())]
        for measure in (row["Measure_short"] for row in measures)
        for label in sorted(labels[measure])
    ]
    if sum(len(line) - 2 for line in lines) != len(rows):
        raise SourceError("a published value has no measure in the dictionary")
    return [["measure", "label", *(areas.code(old) for old in areas.order())], *lines]


def usual_places(published: Table) -> dict[str, int]:
    """For each measure the number of decimals that most of its values carry."""
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for measure, _, *values in published[1:]:
        seen[measure].update(len(value.partition(".")[2]) for value in values if value not in MARKS)
    return {measure: max(places, key=lambda one: (places[one], one)) for measure, places in seen.items()}


def paragraphs(text: str) -> str:
    """The text with one blank line between paragraphs: the source has runs of them."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def measures_table(rows: list[Row], published: Table) -> Table:
    """The measure dictionary, in the order of the source."""
    head = [
        "code",
        "number",
        "topic",
        "title",
        "polarity",
        "unit",
        "places",
        "dictionary_places",
        "year_type",
    ]
    places = usual_places(published)
    lines = [
        [
            row["Measure_short"], row["Measure_code"], row["Topic"].replace("\\", " and "), row["Measure"],
            row["Polarity"].lower().replace("-", ""), row["y_axis_name"], str(places[row["Measure_short"]]),
            row["dps"].removesuffix(".0"), row["Year_Type"], day(row["Last Update"]), day(row["Next Update"]),
            paragraphs(row["Description"]),
        ]
        for row in rows
    ]  # fmt: skip
    return [[*head, "last_update", "next_update", "description"], *lines]


def counts_table(name: str, rows: list[Row], areas: Areas) -> Table:
    """Counts and their percentages by reporting year and area."""
    columns = COUNT_COLUMNS[name]
    lines = [[row["time_period"], areas.of(row), *(cell(row[column]) for column in columns)] for row in rows]
    return [["year", "area", *(column.lower() for column in columns)], *sorted(lines)]


def looked_after_table(rows: list[Row], areas: Areas) -> Table:
    """The three counts and rates of looked after children side by side."""
    found: dict[tuple[str, str], Row] = defaultdict(dict)
    for row in rows:
        entry, kind = found[row["time_period"], areas.of(row)], LOOKED_AFTER[row["population_type"]]
        population = cell(row["population_estimate"])
        if entry.setdefault("population", population) != population:
            raise SourceError(f"{row['la_name']} has two populations for {row['time_period']}")
        entry[f"{kind}_count"], entry[f"{kind}_rate"] = (
            cell(row["children_count"]),
            cell(row["rate_per_10000"]),
        )
    items = [f"{kind}_{what}" for kind in LOOKED_AFTER.values() for what in ("count", "rate")]
    lines = [[*key, *(entry[item] for item in ("population", *items))] for key, entry in sorted(found.items())]
    return [["year", "area", "population", *items], *lines]


def population_table(rows: list[Row], areas: Areas) -> Table:
    """Children aged 0 to 17 by mid-year and area."""
    if {row["age_group"] for row in rows} != {CHILDREN}:
        raise SourceError("the population file holds other ages")
    lines = [[row["time_period"], areas.of(row), cell(row["population_estimate"])] for row in rows]
    return [["mid_year", "area", "children"], *sorted(lines)]


def neighbours_table(rows: list[Row], areas: Areas) -> Table:
    """Ten neighbours of each authority, nearest first."""
    lines = [
        [areas.code(row["old_la_code"]), str(rank), areas.code(row[f"SN_{rank}"]), row[f"SN_{rank}P"]]
        for row in sorted(rows, key=lambda one: one["old_la_code"])
        for rank in range(1, 11)
    ]
    return [["area", "rank", "neighbour", "closeness"], *lines]


def ethnicity_table(rows: list[Row], areas: Areas) -> Table:
    """People by ethnic group in each English authority. Group -8, `Does not apply`, is nought everywhere."""
    code, group = "2023 Upper tier local authorities Code", "Ethnic group (20 categories) Code"
    english = [row for row in rows if row[code].startswith("E") and row[group] != "-8"]
    if any(cell(row["Observation"]) != "0" for row in rows if row[group] == "-8"):
        raise SourceError("the census file counts people under Does not apply")
    lines = [
        [
            areas.code(areas.by_old_or_new(row[code])),
            row[group],
            row["Ethnic group (20 categories)"],
            row["Observation"],
        ]
        for row in english
    ]
    return [["area", "group", "name", "people"], *sorted(lines, key=lambda one: (one[0], int(one[1])))]


def as_csv(table: Table) -> bytes:
    """The table as CSV with line feeds, UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode("utf-8")


def build_tables(folder: Path) -> Iterator[tuple[str, str, Table]]:
    """Every shipped file: its name, the name of its source, its table."""
    sources = {name: read_source(folder, name) for name in SETTINGS["sources"]}
    names = [(row["old_la_code"], row["la_name"]) for row in sources["neighbours"]]
    names += [
        (row["2023 Upper tier local authorities Code"], row["2023 Upper tier local authorities"])
        for row in sources["ethnicity"]
        if row["2023 Upper tier local authorities Code"].startswith("E")
    ]
    with_areas = [sources[name] for name in ("population", *COUNT_COLUMNS, "looked_after")]
    areas = Areas(sources["published"], with_areas, names)
    published = published_table(sources["published"], sources["measures"], areas)
    yield "areas.csv", "areas", areas.table()
    yield "measures.csv.xz", "measures", measures_table(sources["measures"], published)
    yield "published.csv.xz", "published", published
    for name in COUNT_COLUMNS:
        yield f"{name}.csv.xz", name, counts_table(name, sources[name], areas)
    yield "looked_after.csv.xz", "looked_after", looked_after_table(sources["looked_after"], areas)
    yield "population.csv.xz", "population", population_table(sources["population"], areas)
    yield "neighbours.csv.xz", "neighbours", neighbours_table(sources["neighbours"], areas)
    yield "ethnicity.csv.xz", "ethnicity", ethnicity_table(sources["ethnicity"], areas)


def manifest_entry(file: str, source: str, table: Table, content: bytes, shipped: bytes) -> str:
    """One file's table in the manifest. `content_sha256` is of the CSV before compression."""
    about = SETTINGS["sources"][source]
    facts = {key: about[key] for key in ("title", "publisher", "covers")}
    facts |= {"licence": SETTINGS["licence"], "source_file": about["file"]}
    hashes = {"sha256": shipped, "content_sha256": content}
    lines = [f'[files."{file}"]', *(f'{key} = "{value}"' for key, value in facts.items())]
    lines += [f'{key} = "{hashlib.sha256(data).hexdigest()}"' for key, data in hashes.items()]
    return "\n".join([*lines, f"rows = {len(table) - 1}", f"columns = {len(table[0])}", ""])


def manifest_sources(folder: Path) -> str:
    """The hash of each source file as it was read."""
    files = sorted({source["file"] for source in SETTINGS["sources"].values()})
    lines = [f'"{file}" = "{hashlib.sha256((folder / file).read_bytes()).hexdigest()}"' for file in files]
    return "\n".join(["[source_sha256]", *lines, ""])


def build(folder: Path, out: Path) -> int:
    """Write every file and the manifest into `out`. Gives the bytes written."""
    out.mkdir(parents=True, exist_ok=True)
    entries = [
        "# Written by scripts/build_national_pack.py. Do not edit.",
        f'attribution = "{SETTINGS["attribution"]}"\n',
        manifest_sources(folder),
    ]
    size = 0
    for file, source, table in build_tables(folder):
        content = as_csv(table)
        shipped = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME) if file.endswith(".xz") else content
        (out / file).write_bytes(shipped)
        entries.append(manifest_entry(file, source, table, content, shipped))
        size += len(shipped)
        print(f"{file}: {len(table) - 1:,} rows, {len(shipped):,} bytes")
    (out / "MANIFEST.toml").write_text("\n".join(entries), encoding="utf-8")
    return size


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    print(f"{build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else OUT_DIR):,} bytes in all")
