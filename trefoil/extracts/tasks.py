"""Background work. A task may be run twice, by two workers or after a kill, and its work is then done once."""

from datetime import datetime

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from . import job
from .models import Extract


@task()
def load_extract(extract_pk: int) -> str:
    """Check, store and count one extract."""
    return job.run(extract_pk, now=timezone.now())


def queue(extract: Extract) -> None:
    """Have a worker check it."""
    load_extract.enqueue(extract.pk)


def round_of_results() -> str:
    """For the worker, once a day: forget what became of tasks that ended a fortnight ago. Nothing to say of it."""
    call_command("prune_db_task_results", verbosity=0)
    return ""


def queue_interrupted(*, now: datetime) -> int:
    """What a worker does before its first task: take up again what a stopped worker left. How many extracts."""
    job.forget_interrupted_tasks(now=now)
    again = [extract for extract in job.resume(now=now) if not job.is_queued(extract)]
    for extract in again:
        queue(extract)
    return len(again)
