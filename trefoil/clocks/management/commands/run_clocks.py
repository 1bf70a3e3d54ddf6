"""`trefoil run_clocks`: tell of every clock that has become due soon or late."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...rounds import run_clocks, words_of


class Command(BaseCommand):
    help = (
        "Tell whoever owes it of each clock that has become due soon or late. The worker does so once a minute; run it "
        "by itself where no worker runs. Safe twice at once, and after a missed day."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(words_of(run_clocks(now=timezone.now())))
