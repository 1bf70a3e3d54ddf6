"""`trefoil verify_audit`: prove that the audit trail is whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trefoil.audit.queries import verify_chain


class Command(BaseCommand):
    help = "Check the audit trail from its first row. Exits 1 and names the first broken row if anything was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head-file",
            type=Path,
            help="a file outside the database: compared with the trail if there, then rewritten with the new head",
        )

    def handle(self, *_args: Any, head_file: Path | None = None, **_options: Any) -> None:
        sequence, head = _noted(head_file)
        verdict = verify_chain(expected_sequence=sequence, expected_hash=head)
        if not verdict.is_whole:
            raise CommandError(f"the audit trail is broken at row {verdict.broken_at}: {verdict.why}")
        if head_file and verdict.rows:
            head_file.write_text(f"{verdict.rows} {verdict.head}\n")
        self.stdout.write(f"The audit trail is whole: {verdict.rows} rows, head {verdict.head}")


def _noted(head_file: Path | None) -> tuple[int | None, str]:
    """The head noted earlier: its sequence and hash, or nothing."""
    if head_file is None or not head_file.exists():
        return None, ""
    sequence, _, head = head_file.read_text().strip().partition(" ")
    return int(sequence), head
