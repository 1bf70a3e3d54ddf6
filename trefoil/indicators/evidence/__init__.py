"""From figures to findings: what is known of an indicator, put together for a page. Nothing here draws or stores."""
