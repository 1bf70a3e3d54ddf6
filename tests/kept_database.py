"""An empty SQLite database with every table, made once and kept until a migration changes.

To migrate takes fifteen seconds of a core; a copy of the file takes none. `trefoil prepare` makes it, as it does on a
machine of a partnership. PostgreSQL's is made by pytest-django in its own way.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings

import trefoil

HERE = Path(trefoil.__file__).parent.parent
PREPARE = HERE / "trefoil" / "config" / "management" / "commands" / "prepare.py"


def environment(home: Path) -> dict[str, str]:
    """What a process of Trefoil is told that knows nothing of this one but `home`, where its database is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TREFOIL_", "DJANGO_"))}
    ours = {"TREFOIL_MODE": "test", "TREFOIL_HOME": str(home), "PYTHONPATH": str(HERE)}
    return kept | ours | {"DJANGO_SETTINGS_MODULE": "trefoil.config.settings"}


def copy_to(place: Path) -> None:
    """Put a database with every table and no row of ours at `place`."""
    copyfile(_kept(settings.ENVIRONMENT.home), place)


def _kept(home: Path) -> Path:
    """The kept file of these migrations. Whoever comes first makes it; the others wait."""
    home.mkdir(parents=True, exist_ok=True)
    kept = home / f"kept-{_fingerprint()}.sqlite3"
    with _alone(home / "kept.lock"):
        if not kept.exists():
            for older in home.glob("kept-*.sqlite3"):
                older.unlink()
            _prepare(kept)
    return kept


def _prepare(kept: Path) -> None:
    with TemporaryDirectory(dir=kept.parent) as making:
        command = [sys.executable, "-m", "trefoil.config.cli", "prepare", "--verbosity", "0"]
        subprocess.run(command, env=environment(Path(making)), check=True)
        Path(making, "test.sqlite3").rename(kept)


def _fingerprint() -> str:
    """Of everything that makes the tables: each migration of each app, the versions of packages, the command."""
    known = hashlib.sha256(PREPARE.read_bytes())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for migration in sorted(Path(app.path, "migrations").glob("*.py")):
            known.update(f"{app.label}/{migration.name}".encode() + migration.read_bytes())
    known.update(repr(sorted(f"{each.name} {each.version}" for each in metadata.distributions())).encode())
    return known.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
