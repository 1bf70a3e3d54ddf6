"""What every test of extracts shares: the engine's plans."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from trefoil.extracts.engine.plans import Plans

COMPUTE = importlib.import_module("trefoil.extracts.engine.compute")


@pytest.fixture(scope="session", autouse=True)
def _plans_are_kept() -> Iterator[None]:
    """What one test has had turned into SQL no other needs to: between workers, and from one run to the next.

    Files are named after the engine's code, so a change of it plans everything anew.
    """

    def kept(backend: str, folder: Path | None = None) -> Plans:
        return Plans(backend, folder or settings.EXTRACT_PLANS)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(COMPUTE, "Plans", kept)
        yield
