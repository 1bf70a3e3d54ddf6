"""Everything due, as a calendar: where its entries come from, and the month they are laid out in."""
