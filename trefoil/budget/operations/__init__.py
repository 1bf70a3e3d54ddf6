"""Everything that writes the budget."""
