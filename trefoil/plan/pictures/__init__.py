"""Pictures of the plan, drawn as SVG. Pure: no database."""
