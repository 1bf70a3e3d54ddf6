"""Runs one task in a process of its own, so that its time and its peak memory are its own: `run(TASK, ENVIRONMENT)`."""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ANSWER = "bench answers: "


@dataclass(frozen=True)
class Outcome:
    """What a task gave; how many seconds it took without the process's start, and how many of them the processor worked
    for it (a busy machine makes the first longer); and the most memory the process held.
    """

    given: Any
    seconds: float
    worked: float
    peak_mb: float


def environment(mode: str, home: Path, database: str = "") -> dict[str, str]:
    """The variables of a Trefoil in `home`, with nothing left over from the caller's."""
    left_out = ("TREFOIL_", "PYTHONDONTWRITEBYTECODE")  # a server compiles its modules once, not at every start
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    chosen = {"TREFOIL_MODE": mode, "TREFOIL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "trefoil.config.settings"}
    return kept | chosen | ({"TREFOIL_DATABASE": database} if database else {})


def run(task: str, variables: dict[str, str], **arguments: Any) -> Outcome:
    """Run `bench.tasks.<module>:<function>` with JSON arguments. Raises CalledProcessError when the task fails."""
    command = [sys.executable, "-m", "bench.child", task, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    answer = next(line for line in done.stdout.splitlines() if line.startswith(ANSWER))
    return Outcome(**json.loads(answer.removeprefix(ANSWER)))


def _main(task: str, arguments: str) -> None:
    import django  # noqa: PLC0415  only the child needs it, with its own variables

    django.setup()
    module, _, function = task.partition(":")
    chosen = getattr(importlib.import_module(f"bench.tasks.{module}"), function)
    started, worked = time.perf_counter(), time.process_time()
    given = chosen(**json.loads(arguments))
    spent = {"seconds": time.perf_counter() - started, "worked": time.process_time() - worked}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(ANSWER + json.dumps({"given": given, "peak_mb": peak_mb, **spent}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
