"""`make demo`: the first load, and the first page once everything is installed."""

import os
import signal
import subprocess
import time

from ..child import ROOT
from ..place import Place
from ..report import Section, judged, mb, seconds, table
from ..serving import PATIENCE, free_port, wait_until_served

AIM = 15
PAGE = "/account/login/"


def measure(place: Place) -> Section:
    """The section of the demo's start."""
    loaded = place.load_demo()
    if not (ROOT / ".tools/venv/bin/gunicorn").exists():
        words = "The start was not measured: the packages of `make demo` are not installed here."
        return Section("`make demo`", (_first_load(loaded.seconds, loaded.peak_mb), words))
    _start(place)  # static files are collected and compiled code is written the first time
    started = _start(place)
    aims = [("first page of `make demo` when installed", f"within {AIM} s", seconds(started), judged(started < AIM))]
    return Section(
        "`make demo`",
        (
            table(["Target", "Aim", "Measured", "Here"], aims),
            "From `scripts/demo.sh` to the sign-in page answered 200, with the database loaded before.",
            _first_load(loaded.seconds, loaded.peak_mb),
        ),
    )


def _first_load(took: float, peak: float) -> str:
    return f"The first load (`trefoil demo` on an empty folder): {seconds(took)}, peak memory {mb(peak)}."


def _start(place: Place) -> float:
    """Seconds until the first page."""
    port = free_port()
    variables = os.environ | place.demo_variables | {"PORT": str(port)}
    command = ["bash", str(ROOT / "scripts/demo.sh"), "Barnet"]
    started = time.perf_counter()
    demo = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        wait_until_served(port, PAGE)
        return time.perf_counter() - started
    finally:
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(PATIENCE)
