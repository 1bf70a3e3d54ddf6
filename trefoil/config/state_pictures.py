"""Every room that has a `states.py`, with the pictures it gives. Found by name, so that a new room needs no list."""

from importlib import import_module
from pathlib import Path

from trefoil.design.states_picture import StatesPicture

TREFOIL = Path(__file__).resolve().parent.parent


def rooms() -> dict[str, tuple[StatesPicture, ...]]:
    """The name of each room with a `states.py` -> its `PICTURES`. Raises AttributeError where it has none."""
    names = sorted(path.parent.name for path in TREFOIL.glob("*/states.py"))
    return {name: import_module(f"trefoil.{name}.states").PICTURES for name in names}


def readme_of(room: str) -> Path:
    return TREFOIL / room / "README.md"
