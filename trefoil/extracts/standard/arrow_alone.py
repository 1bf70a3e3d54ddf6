"""Has Arrow do without pandas. Pure.

`pyarrow` looks for pandas the first time it is given a list, and loads it where it is installed (Ibis brings it): half
a second of processor time and 30 MB of every process, for frames that nothing here makes.
"""

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

import pyarrow


class _Absent(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        """Refuse pandas, and leave all else to the others."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


def leave_pandas_out() -> None:
    """Have `pyarrow` find no pandas, once and for the process; whoever else imports it gets it as ever."""
    if "pandas" in sys.modules:
        return
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pyarrow.array([""])
    finally:
        sys.meta_path.remove(absent)
