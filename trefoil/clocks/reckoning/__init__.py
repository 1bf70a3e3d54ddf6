"""Working days and time limits, worked out without a database."""
