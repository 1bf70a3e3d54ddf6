"""One job: check the raw files in the spool, and leave none behind. And what becomes of a job that was interrupted."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import NoReturn

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from . import spool
from .enums import ExtractState
from .intake import Report
from .loading import check_and_store
from .models import Extract
from .operations.extracts import begin_check, put_back, stop_extract
from .retention import sweep_raw_files

MOST_ATTEMPTS = 3
OURS = "trefoil.extracts."

GONE = "The file was no longer there when its turn came. Send it again."
TOO_OFTEN = (
    f"The check was broken off {MOST_ATTEMPTS} times without an answer, perhaps because the machine ran out of memory. "
    "Nothing is stored. Send a smaller file, or ask whoever runs this installation."
)
UNEXPECTED = (
    "The check met something it was not made for. Nothing is stored. What it met is noted for whoever runs this "
    "installation."
)


def run(extract_pk: int, *, now: datetime) -> str:
    """Check one extract, unless another worker does or it has been done. The status it ends with.

    Whatever happens, no raw file is left when it returns, unless the extract waits for its values to be decided; only a
    killed process leaves one, for `resume` to find.
    """
    extract = Extract.objects.select_related("partnership__area", "agency", "received_by").get(pk=extract_pk)
    with spool.locked(extract.folder) as mine:
        if not mine:
            return "another worker checks it"
        extract.refresh_from_db()
        try:
            if extract.state == ExtractState.RECEIVED:
                _work(extract, now)
        finally:
            if not extract.keeps_raw_file:
                spool.remove(extract.folder)
    sweep_raw_files(now=now)
    return extract.state


def _work(extract: Extract, now: datetime) -> None:
    by = extract.received_by
    if not spool.has(extract.folder):
        stop_extract(extract=extract, reason=GONE, by=by, now=now)
        return
    begin_check(extract=extract, by=by, now=now)
    with ended_in_words(extract, now=now), spool.scratch(extract.folder):
        check_and_store(extract, spool.one_path(extract.folder), by=by, now=now)
    extract.refresh_from_db()


class CheckBrokenError(Exception):
    """The check met an error of ours. The message says which kind and where, and nothing that stood in the file."""


@contextmanager
def ended_in_words(extract: Extract, *, now: datetime) -> Iterator[None]:
    """An error of ours ends in the status Stopped, with words. A worker that is told to stop is no error.

    The error itself does not go on to the queue, which would keep its text: it may quote a value of a child.
    """

    def stop(kind: type[BaseException] | None, _error: BaseException | None, trace: TracebackType | None) -> bool:
        if kind is not None and issubclass(kind, Exception):
            _stop(extract, kind, trace, now)
        return False

    with ExitStack() as stack:
        stack.push(stop)
        yield


def _stop(extract: Extract, kind: type[Exception], trace: TracebackType | None, now: datetime) -> NoReturn:
    extract.refresh_from_db()
    stop_extract(extract=extract, reason=UNEXPECTED, by=extract.received_by, now=now)
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(trace)]
    raise CheckBrokenError(f"{kind.__module__}.{kind.__qualname__} at {' > '.join(where)}") from None


def check_at_place(extract: Extract, path: Path, *, now: datetime) -> Report:
    """The same at the command line, for a file that stays where it is. The extract's status says what came of it."""
    with spool.locked(extract.folder):
        begin_check(extract=extract, by=extract.received_by, now=now)
        with ended_in_words(extract, now=now), spool.scratch(extract.folder):
            report = check_and_store(extract, path, by=extract.received_by, now=now)
    spool.remove(extract.folder)
    extract.refresh_from_db()
    return report


def resume(*, now: datetime) -> list[Extract]:
    """After a worker was stopped: put its extracts back, and clean up after those that ended. What is to be run again.

    Called when a worker starts. An extract that another worker checks at this moment holds its lock and is left alone.
    """
    again = []
    for extract in Extract.objects.in_work().select_related("partnership__area", "received_by"):
        with spool.locked(extract.folder) as mine:
            if mine and _put_back(extract, now):
                again.append(extract)
        if not extract.keeps_raw_file:
            spool.remove(extract.folder)
    sweep_raw_files(now=now)
    return again


def _put_back(extract: Extract, now: datetime) -> bool:
    """Whether it waits for a worker after this."""
    extract.refresh_from_db()
    by = extract.received_by
    if not extract.is_in_work:
        return False
    if extract.attempts >= MOST_ATTEMPTS or not spool.has(extract.folder):
        stop_extract(extract=extract, reason=TOO_OFTEN if spool.has(extract.folder) else GONE, by=by, now=now)
        return False
    if extract.state == ExtractState.CHECKING:
        put_back(extract=extract, reason="Its worker was stopped; the check begins again.", by=by, now=now)
    return True


def forget_interrupted_tasks(*, now: datetime) -> int:
    """The queue believes that a killed worker still works. Where nobody holds the extract's lock, it is told otherwise.

    The rows stay: a worker that has taken its task and not yet the lock will still write its end into one.
    """
    forgotten = 0
    for task in DBTaskResult.objects.running().filter(task_path__startswith=OURS):
        extract = Extract.objects.filter(pk__in=task.args_kwargs["args"]).first()
        if extract is not None and not _is_worked_on(extract):
            forgotten += DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.FAILED, finished_at=now)
    return forgotten


def _is_worked_on(extract: Extract) -> bool:
    with spool.locked(extract.folder) as mine:
        free = mine
    if not extract.keeps_raw_file:
        spool.remove(extract.folder)
    return not free


def is_queued(extract: Extract) -> bool:
    """Whether a task for it waits already."""
    return DBTaskResult.objects.ready().filter(task_path__startswith=OURS, args_kwargs__args=[extract.pk]).exists()
