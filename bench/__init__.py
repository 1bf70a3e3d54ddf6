"""Measurements, printed and never asserted: `make bench`. Each module here with a `measure` function is one."""
