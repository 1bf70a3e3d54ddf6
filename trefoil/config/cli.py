"""The command `trefoil`: Django's management commands under one name."""

import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run `trefoil COMMAND ...`; `trefoil help` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trefoil.config.settings")
    if needs_no_installation(sys.argv[1:]) and "TREFOIL_MODE" not in os.environ:
        # No database is opened and no secret is kept, so no file is left behind.
        os.environ |= {"TREFOIL_MODE": "demo", "TREFOIL_SECRET_KEY": secrets.token_urlsafe(64)}
    try:
        execute_from_command_line(["trefoil", *sys.argv[1:]])
    except ImproperlyConfigured as wrong:
        # In words, and not under forty lines of where in the code it was found.
        sys.exit(str(wrong))


def needs_no_installation(arguments: list[str]) -> bool:
    """Whether the command only looks at a file, as in an agency's pipeline on a machine without an installation."""
    return arguments[:1] in (["load_return"], ["load_extract"], ["load_finance"]) and "--dry-run" in arguments


if __name__ == "__main__":
    main()
