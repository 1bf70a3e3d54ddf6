"""Child-level extracts. What is set here is set before anything of the room loads Arrow, which looks at it once."""

import os

# Arrow's own pool keeps what one step has let go; the system's gives it to the next: 20 MB less for a census.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
