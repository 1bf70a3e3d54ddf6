"""`trefoil work`: the worker that checks extracts in the background. Several may run beside each other."""

import threading
from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from trefoil.notifications.rounds import go_round, rounds_until

from ...tasks import queue_interrupted


class Command(db_worker.Command):
    help = (
        "Do the background work: check, store and count extracts, and once a minute send e-mails that are due. Takes "
        "up first what a stopped worker left. With --batch it ends once nothing waits."
    )

    def handle(self, **options: Any) -> None:
        again = queue_interrupted(now=timezone.now())
        if again:
            self.stdout.write(f"{again} interrupted {'extract is' if again == 1 else 'extracts are'} checked again")
        if options["batch"]:
            go_round()
            super().handle(**options)
            return
        stopping = threading.Event()
        rounds = threading.Thread(target=rounds_until, args=[stopping], daemon=True)
        rounds.start()
        try:
            super().handle(**options)
        finally:
            stopping.set()
            rounds.join(60)
