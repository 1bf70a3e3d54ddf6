"""A real Apache Spark cluster for tests: a standalone master and two workers on loopback, started and stopped here."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

WORKERS = 2
PATIENCE_SECONDS = 180
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
# A few thousand rows: to compile every question into Java, and that again into machine code, is most of the work and
# changes no answer. The interpreted expressions are Spark's own.
QUICK = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    # Not to wait for the worker that holds a table, when there is another: to send it takes no time.
    "spark.locality.wait": "0s",
}
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"


def need_spark() -> None:
    """Skip where there is no Java or no Spark; fail where `TREFOIL_SPARK=required` says that they must be there."""
    missing = [
        word
        for word, there in (("Java", shutil.which("java")), ("the package pyspark", find_spec("pyspark")))
        if not there
    ]
    if missing and os.environ.get("TREFOIL_SPARK") == "required":
        pytest.fail(f"{' and '.join(missing)} must be here (TREFOIL_SPARK=required)")
    if missing:
        pytest.skip(f"no cluster without {' and '.join(missing)}: see make spark")


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a master and its workers; the master's address."""
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    listening = ["--host", "127.0.0.1", "--webui-port", "0"]
    started = [_start(folder, "master", [MASTER, *listening, "--port", str(port)])]
    try:
        _wait(folder / "master.log", "Starting Spark master at", 1, started)
        for number in range(WORKERS):
            started.append(_start(folder, f"worker-{number}", [WORKER, *listening, "-c", "1", "-m", "1g", address]))
        _wait(folder / "master.log", "Registering worker", WORKERS, started)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in reversed(started):
            process.wait(timeout=PATIENCE_SECONDS)


def spark_variables(folder: Path) -> Mapping[str, str]:
    """The environment in which Spark keeps to loopback, to a folder of its own and to `QUICK`."""
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    settings = folder / "conf"
    settings.mkdir(exist_ok=True)
    (settings / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in QUICK.items()))
    return {
        "SPARK_HOME": str(Path(spec.origin).parent),
        "SPARK_CONF_DIR": str(settings),
        "JDK_JAVA_OPTIONS": QUICK_JAVA,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder / "work"),
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }


def _start(folder: Path, name: str, arguments: list[str]) -> subprocess.Popen[bytes]:
    variables = os.environ | spark_variables(folder)
    command = [f"{variables['SPARK_HOME']}/bin/spark-class", *arguments]
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, env=variables, stdout=log, stderr=subprocess.STDOUT)


def _wait(log: Path, words: str, times: int, started: list[subprocess.Popen[bytes]]) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while log.read_text(errors="replace").count(words) < times:
        if time.monotonic() > last or any(process.poll() is not None for process in started):
            raise RuntimeError(f"the cluster did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
