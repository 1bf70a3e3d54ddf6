"""`trefoil draw_states`: write the pictures of the statuses into the READMEs of the rooms, or say which are stale."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trefoil.design.states_picture import StatesPicture, with_pictures

from ...state_pictures import readme_of, rooms


class Command(BaseCommand):
    help = (
        "Draw the statuses of every room that has a states.py into its README. With --check it only says what is due."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a picture is stale")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        stale = {room: drawn for room, pictures in rooms().items() if (drawn := self._drawn(readme_of(room), pictures))}
        if not check:
            for room, text in stale.items():
                readme_of(room).write_text(text, encoding="utf-8")
        elif stale:
            self.stdout.write(f"The picture of the statuses is stale in {', '.join(stale)}: run `trefoil draw_states`.")
            sys.exit(1)
        self.stdout.write(
            f"The pictures of {', '.join(stale)} are drawn anew." if stale else "The pictures are as the code says."
        )

    def _drawn(self, readme: Path, pictures: tuple[StatesPicture, ...]) -> str:
        """The README as it should be; empty when it is."""
        held = readme.read_text(encoding="utf-8")
        try:
            drawn = with_pictures(held, pictures)
        except ValueError as error:
            raise CommandError(f"{readme.parent.name}: {error}") from error
        return drawn if drawn != held else ""
