"""Plans kept between processes."""

from pathlib import Path

from trefoil.extracts.engine.plans import Plan, Plans, _held


def _another_process(folder: Path, backend: str) -> Plans:
    """Plans as a process has them that remembers nothing of this one."""
    forgetful = Plans(backend, folder)
    for question in list(_held(backend)):
        del _held(backend)[question]
    return forgetful


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

    assert len(place.read_text(encoding="utf-8").splitlines()) == 2


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
