"""Pages of figures, returns and the dictionary."""
