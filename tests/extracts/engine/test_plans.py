"""Plans kept between processes."""

from pathlib import Path

from trefoil.extracts.engine.backends import DuckDB
from trefoil.extracts.engine.plans import Plan, Plans, _file, _held
from trefoil.extracts.engine.tables import Tables


def _another_process(folder: Path, backend: str) -> Plans:
    """Plans as a process has them that remembers nothing of this one."""
    _held(backend).clear()
    _file.cache_clear()
    return Plans(backend, folder)


def test_plans_are_found_by_a_process_that_began_before_they_were_made(tmp_path: Path) -> None:
    early, late = Plans("early", tmp_path), Plans("late", tmp_path)
    # One file for both, as if they were of one backend.
    early._file = late._file
    late.put("how many", Plan("SELECT 1", ("months",)))
    late.save()

    assert early.get("how many") == Plan("SELECT 1", ("months",))
    assert early.get("how long") is None


def test_plans_that_are_saved_by_two_are_all_kept(tmp_path: Path) -> None:
    for number in range(2):
        plans = _another_process(tmp_path, "two")
        plans.put(f"question {number}", Plan(f"SELECT {number}", ()))
        plans.save()
    (place,) = tmp_path.iterdir()

    assert len([line for line in place.read_text(encoding="utf-8").splitlines() if line]) == 2
    again = _another_process(tmp_path, "two")
    assert [again.get(f"question {number}") for number in range(2)] == [Plan("SELECT 0", ()), Plan("SELECT 1", ())]


def test_plans_take_the_place_of_those_of_an_earlier_version(tmp_path: Path) -> None:
    (tmp_path / "plans-older-0123.json").write_text("{}", encoding="utf-8")
    plans = Plans("older", tmp_path)
    plans.put("how many", Plan("SELECT 1", ()))
    plans.save()

    assert [place.suffix for place in tmp_path.iterdir()] == [".jsonl"]


def test_plans_of_a_line_that_was_cut_short_are_made_anew(tmp_path: Path) -> None:
    plans = Plans("cut", tmp_path)
    plans.put("how many", Plan("SELECT 1", ()))
    plans.save()
    (place,) = tmp_path.iterdir()
    with place.open("a", encoding="utf-8") as file:
        file.write('["how long", "SEL\n["how late", "SELECT 3", "spans"]\n')

    assert plans.get("how long") is None
    assert plans.get("how late") == Plan("SELECT 3", ("spans",))


def test_plans_after_a_line_that_was_cut_short_lose_none_of_theirs(tmp_path: Path) -> None:
    first = Plans("short", tmp_path)
    first.put("how many", Plan("SELECT 1", ()))
    first.save()
    (place,) = tmp_path.iterdir()
    place.write_bytes(place.read_bytes()[:-5])
    second = _another_process(tmp_path, "short")
    second.put("how long", Plan("SELECT 2", ()))
    second.save()

    assert _another_process(tmp_path, "short").get("how long") == Plan("SELECT 2", ())


def test_planned_makes_anew_a_plan_that_builds_upon_one_that_was_lost(tmp_path: Path) -> None:
    """A killed process may have left the plan of a question without the plan of a table that it reads."""
    plans = Plans("lost", tmp_path)
    plans.put("how many", Plan("SELECT * FROM once_nowhere", ("once_nowhere",)))
    backend = DuckDB()
    try:
        with Tables(backend, [], plans=plans) as tables:
            found = tables.fetch("how many", lambda: tables.months)
    finally:
        backend.close()
    assert found.num_rows == 0
    assert plans.get("how many").uses == ("months",)
