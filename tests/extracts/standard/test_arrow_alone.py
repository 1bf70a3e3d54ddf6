"""Counting does not load pandas, and whoever wants it still gets it."""

import subprocess
import sys

PROGRAM = """
import sys
from trefoil.extracts.standard.arrow_alone import leave_pandas_out
leave_pandas_out()
import pyarrow
assert pyarrow.table({"of": pyarrow.array([1, 2])}).to_pylist() == [{"of": 1}, {"of": 2}]
print("pandas" in sys.modules)
import pandas
print(pandas.Series([1, 2]).sum())
"""


def test_leave_pandas_out_keeps_pandas_away_from_arrow_alone() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "3"]
