"""Memory that one step of a load lets go is there for the next."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("chosen", "used"), [({}, "system"), ({"ARROW_DEFAULT_MEMORY_POOL": "mimalloc"}, "mimalloc")])
def test_arrow_takes_the_pool_of_the_system_unless_another_is_asked_for(chosen: dict[str, str], used: str) -> None:
    """In a process of its own: Arrow looks once."""
    ask = "import trefoil.extracts.intake, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    clean = {key: value for key, value in os.environ.items() if key != "ARROW_DEFAULT_MEMORY_POOL"}
    done = subprocess.run([sys.executable, "-c", ask], env=clean | chosen, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == used
