"""Child-level extracts: files of a borough, checked, stored and counted."""

from ..child import Outcome, environment, run
from ..place import Place
from ..report import Section, judged, mb, seconds, table

CIN_CHILDREN = 10_000
ANNEX_A_ROWS = 100_000
EPISODES = 101_000
FILES_AS_AT = "2026-03-31"
# Shape, title, how many, the most processor seconds and memory (0: no aim of its own).
FILES = (
    ("cin", "Children in need census, XML", CIN_CHILDREN, 5, 300),
    ("annex-a", "Annex A workbook", ANNEX_A_ROWS, 10, 0),
    ("ssda903", "SSDA903, episodes", EPISODES, 5, 500),
)


def measure(place: Place) -> Section:
    """The section of extracts."""
    variables = environment("test", place.new_home("extracts"))
    files = [_of_a_file(place, variables, wanted) for wanted in FILES]
    aims = [aim for of_file in files for aim in of_file[0]]
    return Section(
        "Child-level extracts",
        (
            table(["Target", "Aim", "Measured", "Here"], aims),
            "Trefoil reads the file, checks every value against the specification, makes pseudonyms, stores "
            "the tables and counts every indicator that the shape carries, for 12 months. The pandas program reads the "
            "same file, checks some codes and dates and counts a handful of figures; it keeps identifiers. The first "
            "time of a version the definitions are turned into SQL, which is kept.",
            table(
                ["File", "How", "Rows", "Figures", "Processor", "Time", "Peak memory"],
                [row for of_file in files for row in of_file[1]],
            ),
            "Processor seconds of Trefoil's steps: " + "; ".join(of_file[2] for of_file in files) + ".",
        ),
    )


def _of_a_file(
    place: Place, variables: dict[str, str], wanted_of: tuple[str, str, int, int, int]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]], str]:
    shape, title, many, most_seconds, most_mb = wanted_of
    folder = place.new_home(f"extract-{shape}")
    name = shape.replace("-", "_")
    path = run(f"extract_files:{name}", variables, **{"folder": str(folder), _counted(shape): many}).given
    wanted = {"path": path, "shape": shape, "as_at": FILES_AS_AT, "plans": str(folder / "plans")}
    first = run("extracts:load_and_count", variables, **wanted, root=str(folder / "first"))
    ours = run("extracts:load_and_count", variables, **wanted, root=str(folder / "store"))
    plain = run(f"extracts_plain:{name}", variables, path=path)
    done = f"{title}, {many:,}: checked, stored, counted"
    aims: list[tuple[str, ...]] = [
        (done, f"under {most_seconds} s of processor", seconds(ours.worked), judged(ours.worked < most_seconds))
    ]
    if most_mb:
        aims.append((f"{title}: memory", f"under {most_mb} MB", mb(ours.peak_mb), judged(ours.peak_mb < most_mb)))
    rows = [
        _row(title, "Trefoil, the first time of a version", first),
        _row(title, "**Trefoil**", ours),
        _row(title, "pandas", plain),
    ]
    steps = ", ".join(f"{step} {seconds(spent)}" for step, spent in ours.given["steps"].items())
    return aims, rows, f"{title}: {steps}"


def _counted(shape: str) -> str:
    return {"cin": "children", "annex-a": "rows", "ssda903": "episodes"}[shape]


def _row(title: str, how: str, outcome: Outcome) -> tuple[str, ...]:
    given = outcome.given
    return (
        title,
        how,
        f"{given['rows']:,}",
        f"{given['figures']:,}",
        seconds(outcome.worked),
        seconds(outcome.seconds),
        mb(outcome.peak_mb),
    )
