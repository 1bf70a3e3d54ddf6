"""Invented areas for the oracle: a few children with linked events, on the days at which rules turn."""
