"""What the home page needs for its six headline figures: `{% include "indicators/headlines.html" %}`."""

from trefoil.people.models import Partnership

from ..evidence.headlines import headline_findings
from .row_pictures import DrawnRow, drawn_rows


def headlines_context(partnership: Partnership) -> dict[str, list[DrawnRow] | str]:
    """`headlines` and `slug` for the template; at most five queries, and one once this process has the figures."""
    return {"headlines": drawn_rows(headline_findings(partnership)), "slug": partnership.slug}
