"""`trefoil build_website --area NAME --out DIR`: a partnership's public site as files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...folder import CURRENT, shown
from ...keeping import build_into
from ...models import Site
from ...queries import site_of_area


class Command(BaseCommand):
    help = (
        "Write a partnership's public site to a folder, from its published editions alone. A web server whose root is "
        "DIR/current/public serves it without this application. Nothing is written when nothing public has changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", required=True, help="the authority, such as Fairmead")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder for the site")
        parser.add_argument("--anew", action="store_true", help="write it even when nothing has changed")

    def handle(self, *_args: Any, area: str, out: Path, anew: bool, **_options: Any) -> None:
        site, now = self._site(area), timezone.now()
        try:
            built = build_into(out, site, by=None, now=now, anew=anew)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error
        if built is None:
            self.stdout.write(f"Nothing public has changed; {out / CURRENT} stays as it is ({shown(out)}).")
        else:
            pages = sum(one.name.endswith("index.html") for one in built.files)
            self.stdout.write(
                f"{pages} pages, {len(built.editions)} editions: {out / CURRENT / 'public'} ({built.digest})"
            )

    def _site(self, area: str) -> Site:
        site = site_of_area(area)
        if site is None or not site.is_on:
            raise CommandError(f"{area} has no public site that is switched on")
        return site
