"""Whether something changed, and whether by more than noise. Pure, but for `reading.py`, which asks for the figures."""
