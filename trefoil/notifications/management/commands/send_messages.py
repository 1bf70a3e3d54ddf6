"""`trefoil send_messages`: send the e-mails that are due. For a timer of a minute or so, or `--every SECONDS`."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...sending import send_due


class Command(BaseCommand):
    help = (
        "Send the e-mails that are due. It may run beside itself and beside the worker: each e-mail goes once. Without "
        "--every it makes one round and ends; it exits 0 also when e-mails failed, which are tried again and shown."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, with a round each so many seconds")

    def handle(self, *_args: Any, every: int | None, **_options: Any) -> None:
        while True:
            self.stdout.write(str(send_due(now=timezone.now())))
            if not every:
                return
            time.sleep(every)
