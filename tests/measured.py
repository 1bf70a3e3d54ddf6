"""Coverage of the suite by SlipCover: `pytest -p tests.measured`. It costs a seventh of the tests' time; tracing every
line, as coverage.py has to before Python 3.12, costs two thirds (see docs/decisions/0015-time-of-the-suite.md).

Each worker measures for itself and hands what it saw to the first process, which adds it up, prints the files that are
not covered whole, and fails the run when less than FLOOR is covered.
"""

import json
from collections.abc import Generator
from importlib import import_module
from typing import Any

import pytest

# Lines and branches of `trefoil` that some test runs, in percent. Only ever raised.
FLOOR = 97.0
SOURCE = "trefoil"
LEFT_OUT = ["*/migrations/*"]
NEVER_RUN = ["if TYPE_CHECKING:", 'if __name__ == "__main__":']
KEY = pytest.StashKey["Measured"]()


class Measured:
    """What this process saw, and what its workers handed in."""

    def __init__(self, *, is_worker: bool) -> None:
        # Not at the head of the file: pytest warns of a plugin that was imported before it could look at it.
        self.slipcover = slipcover = import_module("slipcover")
        source = None if is_worker else [SOURCE]
        self.seen = slipcover.Slipcover(branch=True, source=source, omit=LEFT_OUT, exclude_lines=NEVER_RUN)
        matcher = slipcover.FileMatcher(sources=[SOURCE], omit=LEFT_OUT)
        self.imports = slipcover.ImportManager(self.seen, matcher)
        self.imports.__enter__()
        self.handed_in: list[dict[str, Any]] = []

    def stop(self) -> dict[str, Any]:
        """Lines and branches by file, in SlipCover's own form."""
        self.imports.__exit__(None, None, None)
        found: dict[str, Any] = self.seen.get_coverage()
        return found

    def together(self) -> dict[str, Any]:
        """All processes as one."""
        found = self.stop()
        for other in self.handed_in:
            self.slipcover.merge_coverage(found, other)
        return found


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Begin before Django is set up, which imports half of what is to be measured."""
    early_config.stash[KEY] = Measured(is_worker=hasattr(early_config, "workerinput"))
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a worker hands in; one that died has nothing."""
    if handed_in := getattr(node, "workeroutput", {}).get("measured"):
        node.config.stash[KEY].handed_in.append(json.loads(handed_in))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand in what was seen; in the first process, fail the run that covers too little."""
    measured = session.config.stash[KEY]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["measured"] = json.dumps(measured.stop())
        return
    measured.found = measured.together()
    if measured.found["summary"]["percent_covered"] < FLOOR and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the files that are not covered whole, and the sum."""
    measured = config.stash[KEY]
    measured.slipcover.print_coverage(measured.found, outfile=terminalreporter, skip_covered=True, missing_width=60)
    covered = measured.found["summary"]["percent_covered"]
    verdict = "" if covered >= FLOOR else f", less than the {FLOOR}% that is asked"
    terminalreporter.write_line(f"{covered:.2f}% of lines and branches are covered{verdict}")
