"""The command `trefoil`: Django's management commands under one name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `trefoil COMMAND ...`; `trefoil help` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trefoil.config.settings")
    execute_from_command_line(["trefoil", *sys.argv[1:]])


if __name__ == "__main__":
    main()
