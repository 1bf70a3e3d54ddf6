"""Runs every measurement of this folder, or those named: `python -m bench [NAME...]`."""

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

import bench


def names() -> list[str]:
    """The measurements there are: each module beside this one."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__")


def main(wanted: list[str]) -> int:
    """Each measurement gets an empty home for its database and prints what it found."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"no measurement is called {', '.join(sorted(unknown))}; there are: {', '.join(names())}")
        return 1
    for name in wanted or names():
        with tempfile.TemporaryDirectory(prefix=f"trefoil-bench-{name}-") as home:
            os.environ |= {"TREFOIL_MODE": "test", "TREFOIL_HOME": home}
            print(f"== {name}", flush=True)
            importlib.import_module(f"bench.{name}").measure(Path(home))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
