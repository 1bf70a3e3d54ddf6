"""`trefoil draw_budget_states`: write the picture of a budget's statuses into the README, or say that it is stale."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...states_picture import README, with_picture


class Command(BaseCommand):
    help = "Draw the statuses of a budget into trefoil/budget/README.md. With --check it only says if that is due."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the picture is stale")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        held = README.read_text(encoding="utf-8")
        drawn = with_picture(held)
        if held == drawn:
            self.stdout.write("The picture of a budget’s statuses is as the code says.")
        elif check:
            self.stdout.write("The picture of a budget’s statuses is stale: run `trefoil draw_budget_states`.")
            sys.exit(1)
        else:
            README.write_text(drawn, encoding="utf-8")
            self.stdout.write("The picture of a budget’s statuses is drawn anew.")
